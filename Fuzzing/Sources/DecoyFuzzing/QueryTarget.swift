import DurableStorage

@testable import LexicalSearch

/// A query of any text: every strategy gives the same hits with the same score bits, and the explanation of a hit its very score.
///
/// The first byte of an input chooses the variant of BM25 and the number of hits; the rest is the query.
enum QueryTarget {
    private static let reader: IndexReader = {
        do {
            return try IndexReader(directory: SmallIndex.write())
        } catch {
            fatalError("no index to begin with: \(error)")
        }
    }()

    static func run(_ input: FuzzInput) {
        var input = input
        let choice = Int(input.byte())
        let variants = BM25Variant.allCases
        let text = String(decoding: input.remainder(), as: UTF8.self)
        do {
            try search(
                text, BM25(variants[choice % variants.count]), k: [1, 3, 40, 1000][choice / variants.count % 4])
        } catch {
            fatalError("\(error)")
        }
    }

    private static func search(_ text: String, _ similarity: BM25, k: Int) throws {
        var searcher = try Searcher(reader: reader, similarity: similarity)
        searcher.tuning.windowBits = 5
        searcher.strategy = .exhaustive
        let all = try searcher.search(text, k: k)
        searcher.strategy = .maxScore
        let pruned = try searcher.search(text, k: k)
        require(all == pruned, "the strategies differ: \(all) and \(pruned)")
        require(zip(all, all.dropFirst()).allSatisfy { $0.precedes($1) }, "not in the total order")
        if let best = all.first {
            let explanation = try searcher.explain(text, document: best.id)
            require(explanation?.score == best.score, "explained as \(String(describing: explanation))")
        }
    }
}
