import Decoy

/// Picks the queries that show best what training with mined negatives changed.
struct ExampleSelection {
    let data: ExperimentData
    /// How many gains and how many losses are shown.
    var count = 5

    /// The queries whose first relevant document rose most, then those where it fell most.
    func examples(before: Run?, after: Run?) -> [RankingExample] {
        guard let before, let after else { return [] }
        let titles = Dictionary(data.documents.map { ($0.id, title($0)) }, uniquingKeysWith: { first, _ in first })
        let later = Dictionary(after.rankings.map { ($0.queryID, $0) }, uniquingKeysWith: { first, _ in first })
        let texts = Dictionary(data.test.queries.map { ($0.id, $0.text) }, uniquingKeysWith: { first, _ in first })
        var changed: [(gain: Double, example: RankingExample)] = []
        for old in before.rankings {
            let relevant = Set(data.test.qrels.relevant(to: old.queryID))
            guard let new = later[old.queryID], let text = texts[old.queryID], !relevant.isEmpty else { continue }
            let rankBefore = rank(of: relevant, in: old)
            let rankAfter = rank(of: relevant, in: new)
            let gain = reciprocal(rankAfter) - reciprocal(rankBefore)
            guard gain != 0, let shown = shownPositive(relevant, old, new) else { continue }
            let wrong = (gain > 0 ? old : new).documents.first { !relevant.contains($0.id) }?.id
            changed.append(
                (
                    gain,
                    RankingExample(
                        queryID: old.queryID, query: text, relevantTitle: titles[shown] ?? shown,
                        rankBefore: rankBefore,
                        rankAfter: rankAfter, wrongTitle: wrong.flatMap { titles[$0] },
                        wrongRankAfter: wrong.flatMap { rank(of: [$0], in: new) })
                ))
        }
        changed.sort { ($0.gain, $1.example.queryID) > ($1.gain, $0.example.queryID) }
        let gains = changed.prefix(count).filter { $0.gain > 0 }
        let losses = changed.suffix(count).reversed().filter { $0.gain < 0 }
        return (gains + losses).map(\.example)
    }

    private func rank(of wanted: Set<DocumentID>, in ranking: Ranking) -> Int? {
        ranking.documents.firstIndex { wanted.contains($0.id) }.map { $0 + 1 }
    }

    private func reciprocal(_ rank: Int?) -> Double { rank.map { 1 / Double($0) } ?? 0 }

    private func shownPositive(_ relevant: Set<DocumentID>, _ old: Ranking, _ new: Ranking) -> DocumentID? {
        new.documents.first { relevant.contains($0.id) }?.id ?? old.documents.first { relevant.contains($0.id) }?.id
    }

    private func title(_ document: Document) -> String {
        if !document.title.isEmpty { return document.title }
        return document.text.count > 60 ? document.text.prefix(59) + "…" : document.text
    }
}
