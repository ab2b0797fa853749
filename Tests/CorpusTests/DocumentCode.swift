// swift-format-ignore-file: AlwaysUseLowerCamelCase
import Decoy
import DecoyTestSupport
import Synchronization

// The Swift code of README and of the articles that stands in no ArticleTests of a module; DocumentCodeTests runs it and compares it with
// the documents. It reads and writes by names: the functions and types right below put a folder before them, and keep what is printed.

private let folder = Result { try TemporaryFolder() }
private let printed = Mutex<[String]>([])

private func place(_ path: String) throws -> String { path.hasPrefix("/") ? path : try folder.get().path(path) }

private func IndexReader(path: String) throws -> LexicalSearch.IndexReader {
    try LexicalSearch.IndexReader(path: place(path))
}

private struct IndexWriter {
    private let writer: LexicalSearch.IndexWriter

    init(path: String, options: IndexOptions = IndexOptions()) throws {
        writer = try LexicalSearch.IndexWriter(path: place(path), options: options, overwrite: true)
    }

    init(opening path: String, change: LexicalSearch.IndexWriter.Change) throws {
        writer = try LexicalSearch.IndexWriter(opening: place(path), change: change)
    }

    func add(_ documents: [Document]) throws { try writer.add(documents) }

    func commit() throws -> IndexSummary { try writer.commit() }
}

private func BEIRDataset(path: String) throws -> RetrievalData.BEIRDataset {
    try RetrievalData.BEIRDataset(path: place(path))
}

private enum CorpusReader {
    static func documents(_ path: String) throws -> [Document] { try RetrievalData.CorpusReader.documents(place(path)) }

    static func read(_ path: String, each: ([Document]) throws -> Void) throws {
        try RetrievalData.CorpusReader.read(place(path), each: each)
    }
}

private enum RunReader {
    static func read(_ path: String) throws -> Run { try RetrievalData.RunReader.read(place(path)) }
}

private enum QrelsReader {
    static func read(_ path: String) throws -> Qrels { try RetrievalData.QrelsReader.read(place(path)) }
}

/// What the code of the documents does, one function a document; the order matters, as each finds what those before it wrote.
enum DocumentCode {
    /// The folder in which all of it runs.
    static func directory() throws -> TemporaryFolder { try folder.get() }

    /// What was printed since the last call.
    static func output() -> [String] {
        printed.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    private static func print(_ items: Any...) {
        printed.withLock { $0.append(items.map { "\($0)" }.joined(separator: " ")) }
    }

    static func readme() throws {
        let index = try IndexReader(path: "notes.index")
        for hit in try Searcher(reader: index).search("river bank flood", k: 2) {
            print(hit.id, try index.document(hit.id)?.title ?? "")
        }
    }

    static func retrievalData() throws -> Int {
        let dataset = try BEIRDataset(path: "DATASET")
        let queries = try dataset.queries(split: "test")
        let qrels = try dataset.qrels(split: "test")
        let relevant = queries.map { qrels.relevant(to: $0.id).count }.reduce(0, +)
        return relevant
    }

    static func readAndWrite() throws -> (words: Int, lines: String) {
        var words = 0
        try CorpusReader.read("DATASET") { batch in
            for document in batch { words += document.contents.split(separator: " ").count }
        }
        let runs = [try RunReader.read("bm25.trec"), try RunReader.read("other.trec")]
        let fused = RunFusion(.rrf).fused(runs, name: "fused")
        let lines = fused.rankings.map { $0.trecLines(tag: fused.name) }.joined()
        return (words, lines)
    }

    struct LetterRetriever: Retriever {
        let name = "letters"
        let documents: [Document]

        func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
            for query in queries {
                let scores = try scores(of: documents.map(\.id), for: query)
                let scored = zip(documents, scores).map { ScoredDocument(id: $0.id, score: $1 ?? 0) }
                let ranking = Ranking(queryID: query.id, sorting: scored)
                try each(Ranking(queryID: query.id, documents: Array(ranking.documents.prefix(k))))
            }
        }

        func scores(of ids: [DocumentID], for query: Query) throws -> [Double?] {
            let texts = Dictionary(documents.map { ($0.id, Set($0.contents)) }) { first, _ in first }
            return ids.map { texts[$0].map { Double($0.intersection(query.text).count) } }
        }
    }

    static func indexAndSearch() throws -> [[ScoredDocument]] {
        let options = IndexOptions(analyzer: .english, positions: true)
        let writer = try IndexWriter(path: "my.index", options: options)
        try CorpusReader.read("DATASET") { try writer.add($0) }
        let summary = try writer.commit()
        print(summary.documentCount, "documents")

        let searcher = try Searcher(reader: try IndexReader(path: "my.index"), similarity: BM25(k1: 0.9, b: 0.4))
        let highlighter = try searcher.highlighter(for: "river bank flood")
        for hit in try searcher.search("river bank flood", k: 3) {
            guard let document = try searcher.document(hit.id) else { continue }
            print(hit.score, document.title, highlighter.snippet(of: document.contents).text)
        }

        var phrases = searcher
        phrases.phrases = true
        let exact = try phrases.search("\"river bank\" flood", k: 3)
        let filtered = try searcher.restricted(to: MetadataFilter("word = bank")).search("flood", k: 3)
        let near = try ProximityRetriever(searcher).search("river bank flood", k: 3)

        let change = try IndexWriter(opening: "my.index", change: .update)
        try change.add([Document(id: "new", title: "A flood", text: "The river left its bank.")])
        _ = try change.commit()
        return [exact, filtered, near]
    }

    static func compareRuns() throws -> [Comparison] {
        let measures = try Measure.list("nDCG@10 RR@10 R@100")
        let evaluator = Evaluator(qrels: try QrelsReader.read("test.tsv"), measures: measures)
        let baseline = try evaluator.evaluate(try RunReader.read("bm25.trec"))
        let run = try evaluator.evaluate(try RunReader.read("rm3.trec"))

        let comparisons = try Comparator(test: PairedTTest(), correction: .holm, intervalLevel: 0.95)
            .compare([(baseline, run)])
        for comparison in comparisons {
            print(comparison.measure, comparison.difference, comparison.pCorrected, comparison.mark)
        }
        return comparisons
    }

    static func evaluation() throws -> [String: Double] {
        let qrels = try QrelsReader.read("test.tsv")
        let measures = try Measure.list("nDCG@10 RR@10 R@100 Bpref")
        let evaluation = try Evaluator(qrels: qrels, measures: measures).evaluate(try RunReader.read("bm25.trec"))
        let figures = evaluation.means  // ["nDCG@10": 0.68, …]
        return figures
    }

    static func mining(_ searcher: Searcher, _ queries: [Query], _ qrels: Qrels) throws -> MiningReport {
        let estimator = try FalseNegativeEstimator.fitted(
            retriever: searcher, documents: searcher, queries: queries, qrels: qrels)
        let miner = try HardNegativeMiner(
            retriever: searcher, documents: searcher, options: MiningOptions(relativeMargin: nil), estimator: estimator)
        let report = try miner.mine(queries: queries, qrels: qrels) { print($0.negatives) }
        return report
    }

    static func mineNegatives(
        _ retriever: Searcher, _ documents: Searcher, _ queries: [Query], _ qrels: Qrels
    ) throws -> [Triplet] {
        let estimator = try FalseNegativeEstimator.fitted(
            retriever: retriever, documents: documents, queries: queries, qrels: qrels)
        let options = MiningOptions(numNegatives: 3, relativeMargin: nil)
        let miner = try HardNegativeMiner(
            retriever: retriever, documents: documents, options: options, estimator: estimator, explains: true)
        var examples: [Triplet] = []
        let report = try miner.mine(queries: queries, qrels: qrels) { mined in
            examples += mined.triplets
            for rejection in mined.rejections ?? [] where rejection.reason == .falseNegativeProbability {
                print(mined.query.id, rejection.document, rejection.falseNegativeProbability ?? 0)
            }
        }
        print(report.negatives, "negatives for", report.queries, "queries")
        return examples
    }

    struct SeriesFilter: FalseNegativeFilter {
        let name = "sameSeries"

        private func series(_ id: DocumentID) -> Substring { id.prefix { !$0.isNumber } }

        func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
            let isSame = context.positives.contains { series($0.document) == series(candidate.document) }
            return isSame ? RejectionReason(rawValue: name) : nil
        }
    }

    static func mineTrainCompare() throws {
        let dataset = try BEIRDataset(path: "DATASET")
        let documents = try CorpusReader.documents(dataset.corpusPath)
        let queries = try dataset.queries(split: "train")
        let qrels = try dataset.qrels(split: "train")

        let writer = try IndexWriter(path: "my.index")
        try writer.add(documents)
        _ = try writer.commit()
        let bm25 = try Searcher(reader: try IndexReader(path: "my.index"))

        let estimator = try FalseNegativeEstimator.fitted(
            retriever: bm25, documents: bm25, queries: queries, qrels: qrels)
        let miner = try HardNegativeMiner(
            retriever: bm25, documents: bm25, options: MiningOptions(relativeMargin: nil), estimator: estimator)
        var negatives: [QueryID: [DocumentID]] = [:]
        _ = try miner.mine(queries: queries, qrels: qrels) { mined in
            negatives[mined.query.id] = mined.negatives.map(\.document)
        }

        var words = WordPieceTrainer(vocabularySize: 2_000)
        for document in documents { words.add(document.contents) }
        let tokenizer = SubwordPipeline(vocabulary: words.train())

        var options = TrainingOptions()
        options.dimension = 64
        options.epochs = 2
        let set = try TrainingSet(documents: documents, queries: queries, qrels: qrels, tokenizer: tokenizer)
        let start = try DualEncoder(tokenizer: tokenizer, options: options)
        let source = NegativeSource.fixed(negatives, count: 3, pool: documents.map(\.id))
        let model = try Trainer(set, options: options, negatives: source).train(start).model

        let dense = try DenseRetriever(model: model, index: try FlatVectorIndex(documents, model: model))
        let hybrid = HybridRetriever(lexical: bm25, dense: dense)
        let asked = try dataset.queries(split: "test")
        let evaluator = Evaluator(qrels: try dataset.qrels(split: "test"), measures: try Measure.list("nDCG@10 RR@10"))
        let baseline = try evaluator.evaluate(try bm25.run(asked, k: 100))
        let joined = try evaluator.evaluate(try hybrid.run(asked, k: 100))
        for comparison in try Comparator().compare([(baseline, joined)]) {
            print(comparison.measure, comparison.difference, comparison.pCorrected)
        }
    }
}
