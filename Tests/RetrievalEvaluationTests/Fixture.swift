import Foundation
import RetrievalData

/// The committed golden files beside the tests; `Fixtures/make_fixtures.py` says how they were made.
enum Fixture {
    static func lines(_ name: String, file: String = #filePath) throws -> [String] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    static func rows(_ name: String, separator: Character) throws -> [[String]] {
        try lines(name).map { $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init) }
    }

    static func qrels(_ name: String) throws -> Qrels {
        var qrels = Qrels()
        for row in try rows(name, separator: " ") {
            qrels.judge(query: row[0], document: row[2], grade: Int(row[3]) ?? 0)
        }
        return qrels
    }

    /// The run in the order of the file, which contradicts its scores.
    static func run(_ name: String) throws -> Run {
        var run = Run(name: name)
        for row in try rows(name, separator: " ") {
            if run.rankings.last?.queryID != row[0] { run.rankings.append(Ranking(queryID: row[0], documents: [])) }
            let document = ScoredDocument(id: row[2], score: Double(row[4]) ?? .nan)
            run.rankings[run.rankings.count - 1].documents.append(document)
        }
        return run
    }
}
