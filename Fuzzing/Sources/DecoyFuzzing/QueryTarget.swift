import DurableStorage
import RetrievalData
import TextAnalysis

@testable import LexicalSearch

/// A query of any text: every strategy gives the same hits with the same score bits, and the explanation of a hit its very score; phrases are
/// found where they stand.
///
/// The first byte of an input chooses the variant of BM25 and the number of hits, the second the index (low two bits), whether there are
/// phrases (bit 2), and what answers (next two): the searcher, RM3, or proximity; the rest is the query.
enum QueryTarget {
    private static let readers = SmallIndex.allCases.map { SmallIndex.reader($0) }
    /// For each index the terms of each field of each document with their positions.
    private static let tokens = zip(SmallIndex.allCases, readers).map { PhraseReference($0, $1) }

    static func run(_ input: FuzzInput) {
        var input = input
        let choice = Int(input.byte())
        let mode = Int(input.byte())
        let variants = BM25Variant.allCases
        let similarity = BM25(variants[choice % variants.count])
        let k = [1, 3, 40, 1000][choice / variants.count % 4]
        let index = mode % 4 % readers.count
        let text = String(decoding: input.remainder(), as: UTF8.self)
        do {
            var searcher = try Searcher(reader: readers[index], similarity: similarity)
            searcher.tuning.windowBits = 5
            searcher.phrases = mode & 4 != 0 && searcher.reader.summary.storesPositions
            let all = try search(searcher, text, k: k)
            if searcher.phrases { try checkPhrases(searcher, text, all, k: k, tokens[index]) }
            switch mode / 8 % 4 {
            case 1: try expand(searcher, text, k: k)
            case 2 where index == SmallIndex.positions.rawValue: try rescore(searcher, text, k: k)
            case 3: try weigh(searcher, text, all, k: k)
            default: break
            }
        } catch {
            fatalError("\(error)")
        }
    }

    private static func requireOrder(_ hits: [ScoredDocument]) {
        require(zip(hits, hits.dropFirst()).allSatisfy { $0.precedes($1) }, "not in the total order")
    }

    private static func search(_ searcher: Searcher, _ text: String, k: Int) throws -> [ScoredDocument] {
        var searcher = searcher
        searcher.strategy = .exhaustive
        let all = try searcher.search(text, k: k)
        searcher.strategy = .maxScore
        let pruned = try searcher.search(text, k: k)
        require(all == pruned, "the strategies differ: \(all) and \(pruned)")
        requireOrder(all)
        if let best = all.first {
            let explanation = try searcher.explain(text, document: best.id)
            require(explanation?.score == best.score, "explained as \(String(describing: explanation))")
        }
        let some = Array(all.prefix(5))
        let scores = try searcher.scores(of: some.map(\.id), for: Query(id: "q", text: text))
        require(scores == some.map(\.score), "scored as \(scores)")
        return all
    }

    /// The hits are those without phrases of the documents that hold all phrases.
    private static func checkPhrases(
        _ searcher: Searcher, _ text: String, _ hits: [ScoredDocument], k: Int, _ tokens: PhraseReference
    ) throws {
        var plain = searcher
        plain.phrases = false
        let query = PhraseQuery(parsing: text)
        let holders = tokens.documents(holding: query.phrases)
        let wanted = try plain.search(query.text, k: 1000).filter { holders?.contains($0.id) != false }.prefix(k)
        require(hits == Array(wanted), "phrases \(query.phrases): \(hits) and not \(wanted)")
    }

    private static func expand(_ searcher: Searcher, _ text: String, k: Int) throws {
        var searcher = searcher
        let model = RM3(documents: 5, terms: 6)
        searcher.strategy = .exhaustive
        let retriever = try FeedbackRetriever(searcher, model: model)
        let all = try retriever.search(text, k: k)
        searcher.strategy = .maxScore
        let pruned = try FeedbackRetriever(searcher, model: model).search(text, k: k)
        require(all == pruned, "the strategies differ: \(all) and \(pruned)")
        requireOrder(all)
        let query = try retriever.expand(text)
        let sum = query.terms.reduce(0) { $0 + $1.weight }
        require(query.terms.isEmpty || abs(sum - 1) < 1e-9, "the weights of \(query) sum up to \(sum)")
        let some = Array(all.prefix(5))
        let scores = try retriever.scores(of: some.map(\.id), for: Query(id: "q", text: text))
        require(scores == some.map(\.score), "scored as \(scores)")
        if let best = all.first {
            require(try searcher.explain(query, document: best.id)?.score == best.score, "explained otherwise")
        }
    }

    private static func rescore(_ searcher: Searcher, _ text: String, k: Int) throws {
        let retriever = try ProximityRetriever(searcher, weight: 1.5, depth: 20)
        let hits = try retriever.search(text, k: k)
        requireOrder(hits)
        let some = Array(hits.prefix(5))
        let scores = try retriever.scores(of: some.map(\.id), for: Query(id: "q", text: text))
        require(scores == some.map(\.score), "scored as \(scores)")
        // A document that is asked for twice is explained twice.
        let explained = try retriever.explain(text, documents: (some + some).map(\.id)).map { $0?.score }
        require(explained == (some + some).map(\.score), "explained as \(explained)")
    }

    /// Terms weighted by their numbers are the text.
    private static func weigh(_ searcher: Searcher, _ text: String, _ hits: [ScoredDocument], k: Int) throws {
        if searcher.phrases { return }
        let terms = try Analyzer(searcher.reader.analyzerIdentity.options).terms(in: text)
        let weighted = try searcher.search(WeightedQuery(terms.map { ($0, 1) }), k: k)
        require(weighted == hits, "weighted \(weighted), as text \(hits)")
    }
}
