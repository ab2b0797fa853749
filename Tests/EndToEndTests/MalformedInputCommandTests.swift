import DecoyTestSupport
import Foundation
import Testing

@Suite("Malformed input on the command line", .tags(.endToEnd, .fault))
struct MalformedInputCommandTests {
    /// The commands that read an input of a kind, each writing to `output`.
    private func commands(_ kind: MalformedInput.Kind, _ path: String, _ output: String) throws -> [[String]] {
        let shared = try Prepared.shared()
        switch kind {
        case .corpus: return [["index", path, "-o", output]]
        case .queries:
            return [
                ["search", shared.index, "--queries", path, "-o", output],
                ["rerank", shared.run, shared.index, "--queries", path, "-o", output],
            ]
        case .qrels:
            return [
                ["evaluate", shared.run, "--qrels", path, "-o", output],
                ["fuse", shared.run, shared.run, "--tune", "--force", "--qrels", path, "--output-tuned", output],
                ["mine", shared.index, "--queries", shared.queries, "--qrels", path, "-o", output],
            ]
        case .run:
            return [
                ["evaluate", path, "--qrels", shared.test, "-o", output],
                ["fuse", shared.run, path, "-o", output],
                ["rerank", path, shared.index, "--queries", shared.queries, "-o", output],
            ]
        case .training:
            return [["train", shared.dataset, "--negatives", path, "-o", output] + Prepared.quickTraining]
        }
    }

    @Test(
        "Every malformed input ends with its exit code, the file, the line, the cause and a remedy, and leaves no output.",
        arguments: MalformedInputs.all)
    func malformed(_ input: MalformedInput) throws {
        let folder = try TemporaryFolder()
        let path = try input.write(into: folder)
        let outputs = try TemporaryFolder()
        for command in try commands(input.kind, path, outputs.path("output")) {
            let outcome = try DecoyProcess.run(command)
            #expect(outcome.status == input.exitCode, "\(command[0]): \(outcome.messages)")
            #expect(outcome.output.isEmpty)
            let first = outcome.messages.split(separator: "\n").first.map(String.init) ?? ""
            let place = input.line.map { "\(path):\($0): " } ?? "\(path): "
            #expect(first.hasPrefix("decoy: " + place), "\(first)")
            #expect(first.contains(input.fragment), "\(first)")
            let remedy = first.components(separatedBy: "; ").dropFirst().joined(separator: "; ")
            #expect(remedy.count > 8, "no remedy: \(first)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: outputs.path).isEmpty)
        }
    }

    @Test("A bad document in the second of two corpora leaves no index, and neither does an id that both have.")
    func severalCorpora() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let bad = try folder.write("bad.jsonl", "{\"_id\": \"x\", \"text\": \"fine\"}\n{\"_id\": \"y\"\n")
        let broken = try DecoyProcess.run(["index", shared.corpus, bad, "-o", folder.path("i")])
        #expect(broken.status == 2 && broken.messages.contains("bad.jsonl:2: "), "\(broken.messages)")
        let twice = try DecoyProcess.run(["index", shared.corpus, shared.corpus, "-o", folder.path("i")])
        #expect(twice.status == 2 && twice.messages.contains("bank-river-0"), "\(twice.messages)")
        #expect(try folder.files() == ["bad.jsonl"])
    }

    @Test("Several bad lines are named together, up to twenty.")
    func severalLines() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("c.jsonl", String(repeating: "{}\n", count: 100))
        let outcome = try DecoyProcess.run(["index", path, "-o", folder.path("i")])
        #expect(outcome.status == 2)
        let lines = outcome.messages.split(separator: "\n")
        #expect(lines.count == 21)
        #expect(lines.prefix(20).enumerated().allSatisfy { $1.hasPrefix("decoy: \(path):\($0 + 1): ") })
    }
}
