import RetrievalData

@testable import NegativeMining

/// The rules of mining read literally: each document's fate on its own, everything recomputed.
struct NaiveMiner {
    let fake: FakeRetriever
    let options: MiningOptions
    let pool: Set<DocumentID>?

    /// Fates by document for one query ("kept" for negatives; with random sampling "drawable"), for all documents above the window's end.
    func fates(_ query: QueryID, _ qrels: Qrels) -> [DocumentID: String] {
        let ends = options.ifTooFew == .widen ? [1, 2, 4, 8, 10] : [1]
        var last: [DocumentID: String] = [:]
        for end in ends {
            let (fates, isFull) = fates(query, qrels, rangeMax: options.rangeMax * end)
            last = fates
            let survivors = fates.values.count { ["kept", "surplus", "drawable"].contains($0) }
            if survivors >= options.numNegatives || !isFull { break }
        }
        return last
    }

    private func fates(_ query: QueryID, _ qrels: Qrels, rangeMax: Int) -> ([DocumentID: String], isFull: Bool) {
        let positives = qrels[query].filter { $0.value >= options.minimumGrade }.map(\.key)
        let ranked = Ranking(queryID: query, sorting: fake.ranked[query] ?? []).documents
        // In byte order of the ids, so that the mean adds up in the same order.
        let known = ranked.filter { positives.contains($0.id) }.sorted { $0.id < $1.id }.map(\.score)
        let reference: Double? =
            switch options.marginAgainst {
            case .lowest: known.min()
            case .highest: known.max()
            case .mean: known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
            }
        var fates: [DocumentID: String] = [:]
        var survivors: [ScoredDocument] = []
        var rank = -1
        for document in ranked {
            if rank + 1 >= rangeMax { break }
            if positives.contains(document.id) {
                fates[document.id] = "positive"
                continue
            }
            if pool?.contains(document.id) == false {
                fates[document.id] = "notInPool"
                continue
            }
            rank += 1
            fates[document.id] = fate(document, rank, query, positives, reference, survivors)
            if fates[document.id] == "survives" { survivors.append(document) }
        }
        for (place, survivor) in survivors.enumerated() {
            fates[survivor.id] =
                options.sampling == .random
                ? "drawable" : place < options.numNegatives ? "kept" : "surplus"
        }
        return (fates, rank + 1 >= rangeMax)
    }

    private func fate(
        _ document: ScoredDocument, _ rank: Int, _ query: QueryID, _ positives: [DocumentID], _ lowest: Double?,
        _ survivors: [ScoredDocument]
    ) -> String {
        if rank < options.rangeMin { return "belowRangeMin" }
        guard let text = fake.documents[document.id]?.text else { return "missingDocument" }
        if options.queriesAreDocuments && (document.id == query || text == query) { return "queryIsDocument" }
        let dedupe = options.dedupe != .off
        if dedupe && positives.contains(where: { fake.documents[$0]?.text == text }) { return "duplicateOfPositive" }
        if let lowest, let margin = options.relativeMargin, document.score > lowest - abs(lowest) * margin {
            return "relativeMargin"
        }
        if let lowest, let margin = options.absoluteMargin, document.score + margin > lowest { return "absoluteMargin" }
        if let limit = options.maxScore, document.score > limit { return "maxScore" }
        if let limit = options.minScore, document.score < limit { return "minScore" }
        if isNear(text, to: positives) { return "nearDuplicateOfPositive" }
        if dedupe && survivors.contains(where: { fake.documents[$0.id]?.text == text }) { return "duplicateOfNegative" }
        if isNear(text, to: survivors.map(\.id)) { return "nearDuplicateOfNegative" }
        return "survives"
    }

    private func isNear(_ text: String, to documents: [DocumentID]) -> Bool {
        options.dedupe == .near
            && documents.contains { id in
                guard let other = fake.documents[id]?.text else { return false }
                return Self.jaccard(text, other, options.shingling) >= options.nearDuplicateThreshold
            }
    }

    /// The Jaccard similarity of the sets of runs, each run a string.
    static func jaccard(_ one: String, _ other: String, _ shingling: Shingling) -> Double {
        let (left, right) = (runs(one, shingling), runs(other, shingling))
        let union = left.union(right)
        return union.isEmpty ? 1 : Double(left.intersection(right).count) / Double(union.count)
    }

    private static func runs(_ text: String, _ shingling: Shingling) -> Set<[String]> {
        var units: [String]
        if shingling.unit == .words {
            units = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        } else {
            units = text.lowercased().split { $0.isWhitespace }.joined(separator: " ").unicodeScalars
                .map { String($0) }
        }
        if units.isEmpty { return [] }
        let length = min(shingling.length, units.count)
        return Set((0...(units.count - length)).map { Array(units[$0..<($0 + length)]) })
    }
}
