import DecoyTestSupport
import Foundation
import LexicalSearch
import RetrievalData
import Testing

/// The built binary, killed at random moments while it changes an index.
@Suite("A writer that is killed")
struct KillTests {
    private func run(_ arguments: [String]) throws -> Int32 { try DecoyProcess.run(arguments).status }

    private func corpus(_ prefix: String, _ count: Int, in folder: TemporaryFolder) throws -> String {
        var text = RandomText(seed: 7, vocabularySize: 300)
        let lines = text.documents(count, words: 5...30).map {
            "{\"_id\": \"\(prefix)\($0.id)\", \"title\": \"\($0.title)\", \"text\": \"\($0.text)\", \"n\": \(count)}\n"
        }
        return try folder.write(prefix + ".jsonl", lines.joined())
    }

    @Test("Killed at any moment of a change it leaves the old or the new index, and the next writer succeeds.")
    func kill() throws {
        let folder = try TemporaryFolder()
        let index = folder.path("index")
        let everything = ["--fields", "title,text", "--positions"]
        #expect(try run(["index", corpus("base", 40, in: folder), "-o", index, "-q"] + everything) == 0)
        var random = SeededGenerator(seed: UInt64(Date().timeIntervalSince1970))
        var known = 40
        var (killed, committed) = (0, 0)
        var longest = 0.2
        for round in 0..<10 {
            let file = try corpus("r\(round)-", 300, in: folder)
            // Every other round replaces documents, so that deletions are written and segments merged.
            let others = round % 2 == 0 ? [] : [folder.path("r\(round - 1)-.jsonl")]
            let before = known
            let began = Date()
            let process = try DecoyProcess(
                ["index", file] + others + ["-o", index, "--update", "-q", "--memory", "100k"])
            if round > 0 {
                Thread.sleep(forTimeInterval: Double.random(in: 0...longest, using: &random))
                process.signal(SIGKILL)
            }
            let status = try process.finish().status
            if round == 0 { longest = min(0.8, 1.1 * Date().timeIntervalSince(began)) }
            if status == -1 { killed += 1 }
            let reader = try IndexReader(path: index)
            known = reader.storedDocumentCount
            let isNew = try reader.contains("r\(round)-d7")
            if isNew { committed += 1 }
            let note = "seed \(random.seed), round \(round)"
            #expect(isNew ? known > before : known == before, "\(note)")
            let report = try IndexCheck.check(path: index)
            #expect(report.isSound, "\(note): \(report.problems)")
            #expect(try reader.documentIDs().count == known, "\(note)")
        }
        #expect(killed + committed >= 10, "\(killed) killed, \(committed) committed")
        #expect(try run(["index", corpus("last", 5, in: folder), "-o", index, "--append", "-q"]) == 0)
        #expect(try IndexReader(path: index).storedDocumentCount == known + 5)
        #expect(try run(["check", index]) == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: index)
        #expect(!names.contains { $0.hasPrefix("run-") || $0.hasSuffix(".partial") })
    }

    @Test(
        "An id that exists ends with 2, another writer's lock with 5, a missing index with 4; the index stays as it is."
    )
    func statuses() throws {
        let folder = try TemporaryFolder()
        let index = folder.path("index")
        let base = try corpus("base", 20, in: folder)
        let more = try corpus("more", 20, in: folder)
        #expect(try run(["index", base, "-o", index, "-q"]) == 0)
        #expect(try run(["index", base, "-o", index, "-q", "--append"]) == 2)
        #expect(try run(["index", more, "-o", folder.path("none"), "-q", "--append"]) == 4)
        #expect(try run(["index", more, "-o", index, "-q"]) == 64)
        #expect(try run(["index", more, "-o", index, "-q", "--append", "--update"]) == 64)
        #expect(try run(["index", "-o", index, "-q"]) == 64)
        do {
            let writer = try IndexWriter(opening: index)
            for change in [["--append", more], ["--delete", base], ["--compact"], ["--force", more]] {
                #expect(try run(["index", "-o", index, "-q"] + change) == 5, "\(change)")
            }
            #expect(writer.documentCount == 0)
        }
        #expect(try IndexReader(path: index).storedDocumentCount == 20)
        let ids = try folder.write("ids.txt", "based0\n based3 \n\nunknown\n")
        #expect(try run(["index", "-o", index, "-q", "--delete", ids]) == 0)
        #expect(try run(["index", more, "-o", index, "-q", "--update", "--compact"]) == 0)
        #expect(try IndexReader(path: index).storedDocumentCount == 38)
    }
}
