import Decoy
import DurableStorage
import NegativeReview

/// The judgements that answers make: qrels with the relevant ones, and a list of all that were judged for `mine --judged`.
struct ReviewedJudgements {
    /// The judgements as they were, with the relevant answers at grade 1.
    private(set) var qrels: Qrels
    /// What the reviewers together say.
    let consensus: Consensus
    /// Relevant answers that are new among the judgements.
    private(set) var added = 0
    /// Answers that say wrong of what the judgements hold relevant: the judgements stay.
    private(set) var contradictions = 0

    /// Adds what answers say to judgements.
    init(answers: [Answer], qrels: Qrels) {
        consensus = Consensus(of: answers)
        self.qrels = qrels
        for query in consensus.judged.queryIDs {
            for (document, grade) in consensus.judged[query] {
                let isRelevant = (qrels.grade(query: query, document: document) ?? 0) >= 1
                if grade == 1, !isRelevant {
                    self.qrels.judge(query: query, document: document, grade: 1)
                    added += 1
                } else if grade == 0, isRelevant {
                    contradictions += 1
                }
            }
        }
    }

    /// Writes `qrels.tsv` and `judged.tsv` into a folder, each whole or not at all, and returns their paths.
    func write(to folder: String) throws -> (qrels: String, judged: String) {
        let folder = try FileSystemDirectory(path: folder, create: true).path
        let paths = (qrels: folder + "/qrels.tsv", judged: folder + "/judged.tsv")
        try AtomicFile.write(path: paths.qrels) { qrelsFile in
            try AtomicFile.write(path: paths.judged) { judgedFile in
                try qrelsFile.write(qrels.beirLines())
                try judgedFile.write(consensus.judged.beirLines())
            }
        }
        return paths
    }

    /// What became of the answers, for people.
    var summary: String {
        var text = """
            \(consensus.relevant) relevant (\(added) new in the judgements), \(consensus.wrong) truly wrong; left out: \
            \(consensus.unsure) unsure, \(consensus.disputed) without a verdict that more than half gave
            """
        if contradictions > 0 {
            text += "\n\(contradictions) that the judgements hold relevant were called wrong; the judgements stay"
        }
        return text
    }
}
