import ArgumentParser
import Decoy

/// How a run is written.
enum RunFormat: String, CaseIterable, ExpressibleByArgument {
    case trec, jsonl, msmarco

    /// The run as text, with at most `k` documents a query.
    func text(of run: Run, k: Int?) throws -> String {
        let writer = HitWriter(format: HitFormat(rawValue: rawValue) ?? .trec, tag: run.name)
        return try run.rankings.map { ranking in
            let first = Array(ranking.documents.prefix(k ?? ranking.documents.count))
            return try writer.text(of: Ranking(queryID: ranking.queryID, documents: first), query: "")
        }.joined()
    }
}
