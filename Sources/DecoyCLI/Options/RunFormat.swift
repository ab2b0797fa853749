import ArgumentParser
import Decoy
import DurableStorage

/// How a run is written.
enum RunFormat: String, CaseIterable, ExpressibleByArgument {
    case trec, jsonl, msmarco

    /// Writes a run, with at most `k` documents a query.
    func write(_ run: Run, k: Int?, to file: AtomicFile) throws {
        let writer = HitWriter(format: HitFormat(rawValue: rawValue) ?? .trec, tag: run.name)
        for ranking in run.rankings {
            let first = Array(ranking.documents.prefix(k ?? ranking.documents.count))
            try file.write(try writer.text(of: Ranking(queryID: ranking.queryID, documents: first), query: ""))
        }
    }
}
