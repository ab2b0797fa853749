import DecoyTestSupport
import Foundation

/// The embedded corpus cut to what it says of its first words.
struct CutHomonyms {
    private struct Line: Decodable {
        var _id: String
        var metadata: [String: String]
    }

    let path: String

    /// Writes the dataset cut to its first words, or to those given, into a folder.
    init(words count: Int = .max, of names: Set<String>? = nil, into folder: TemporaryFolder) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../corpora/homonyms")
            .standardized
        func lines(_ name: String) throws -> [Substring] {
            try String(contentsOf: root.appending(path: name), encoding: .utf8).split(separator: "\n")
        }
        func line(_ text: Substring) throws -> Line { try JSONDecoder().decode(Line.self, from: Data(text.utf8)) }
        let corpus = try lines("corpus.jsonl").map { (text: $0, line: try line($0)) }
        let words = names ?? Set(Set(corpus.compactMap { $0.line.metadata["word"] }).sorted().prefix(count))
        var queries: Set<String> = []
        for name in ["corpus.jsonl", "queries.jsonl"] {
            let kept = try lines(name).map { (text: $0, line: try line($0)) }
                .filter { words.contains($0.line.metadata["word"] ?? "") }
            if name == "queries.jsonl" { queries = Set(kept.map(\.line._id)) }
            try folder.write("homonyms/" + name, kept.map { $0.text + "\n" }.joined())
        }
        for split in ["train", "dev", "test"] {
            let all = try lines("qrels/\(split).tsv")
            let kept = all.dropFirst().filter { queries.contains(String($0.prefix { $0 != "\t" })) }
            try folder.write("homonyms/qrels/\(split).tsv", (all.prefix(1) + kept).map { $0 + "\n" }.joined())
        }
        path = folder.path("homonyms")
    }
}
