import DecoyTestSupport
import Foundation
import Testing

@Suite("Articles", .tags(.endToEnd))
struct ArticleTests {
    /// The shell commands of an article, in order.
    private func commands(of article: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let text = try String(contentsOf: root.appending(path: article), encoding: .utf8)
        return text.components(separatedBy: "```sh\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }.joined()
    }

    @Test("Every command of the article on training a retriever runs as it stands.")
    func trainARetriever() throws {
        let folder = try TemporaryFolder()
        for number in 0..<60 {
            let words = (0..<6).map { "word\((number * 7 + $0 * 3) % 40)" }.joined(separator: " ")
            try folder.write("notes/n\(number).md", "# \(words)\n\nWhat is said of \(words) in note \(number).\n")
        }
        let commands = try commands(of: "Sources/DenseRetrieval/DenseRetrieval.docc/TrainARetriever.md")
        #expect(commands.contains("decoy train") && commands.contains("decoy tune"))
        // Few dimensions: the binary under test may be a debug build.
        try folder.write("small.json", #"{"dimension": 16, "epochs": 1}"#)
        let script = try folder.write(
            "run.sh",
            "set -e\ndecoy() { if [ \"$1\" = train ]; then \"$DECOY\" \"$@\" --config small.json; else \"$DECOY\" \"$@\"; fi; }\n"
                + commands)
        try TinyCrossEncoder(words: (0..<40).map { "word\($0)" }).write(into: folder)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [script]
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = ProcessInfo.processInfo.environment
            .merging(["DECOY": try #require(DecoyProcess.binary).path]) { $1 }
        let errors = try FileHandle(forWritingTo: URL(filePath: try folder.write("messages.txt", "")))
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        let messages = try String(contentsOfFile: folder.path("messages.txt"), encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(messages)")
        #expect(FileManager.default.fileExists(atPath: folder.path("hybrid.trec")), "\(messages)")
    }
}
