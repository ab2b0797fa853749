import RetrievalData

@testable import NegativeMining

/// The rules of mining read literally: each document's fate on its own, everything recomputed.
struct NaiveMiner {
    let fake: FakeRetriever
    let options: MiningOptions
    let pool: Set<DocumentID>?

    /// Fates by document for one query ("kept" for negatives; with random sampling "drawable"), for all documents above the window's end.
    func fates(_ query: QueryID, _ qrels: Qrels) -> [DocumentID: String] {
        let positives = qrels[query].filter { $0.value >= options.minimumGrade }.map(\.key)
        let ranked = Ranking(queryID: query, sorting: fake.ranked[query] ?? []).documents
        let lowest = ranked.filter { positives.contains($0.id) }.map(\.score).min()
        var fates: [DocumentID: String] = [:]
        var survivors: [ScoredDocument] = []
        var rank = -1
        for document in ranked {
            if rank + 1 >= options.rangeMax { break }
            if positives.contains(document.id) {
                fates[document.id] = "positive"
                continue
            }
            if pool?.contains(document.id) == false {
                fates[document.id] = "notInPool"
                continue
            }
            rank += 1
            fates[document.id] = fate(document, rank, positives, lowest, survivors)
            if fates[document.id] == "survives" { survivors.append(document) }
        }
        for (place, survivor) in survivors.enumerated() {
            fates[survivor.id] =
                options.sampling == .random
                ? "drawable" : place < options.numNegatives ? "kept" : "surplus"
        }
        return fates
    }

    private func fate(
        _ document: ScoredDocument, _ rank: Int, _ positives: [DocumentID], _ lowest: Double?,
        _ survivors: [ScoredDocument]
    ) -> String {
        if rank < options.rangeMin { return "belowRangeMin" }
        guard let text = fake.documents[document.id]?.text else { return "missingDocument" }
        let dedupe = options.dedupe == .exact
        if dedupe && positives.contains(where: { fake.documents[$0]?.text == text }) { return "duplicateOfPositive" }
        if let lowest, let margin = options.relativeMargin, document.score > lowest - abs(lowest) * margin {
            return "relativeMargin"
        }
        if let lowest, let margin = options.absoluteMargin, document.score + margin > lowest { return "absoluteMargin" }
        if let limit = options.maxScore, document.score > limit { return "maxScore" }
        if let limit = options.minScore, document.score < limit { return "minScore" }
        if dedupe && survivors.contains(where: { fake.documents[$0.id]?.text == text }) { return "duplicateOfNegative" }
        return "survives"
    }
}
