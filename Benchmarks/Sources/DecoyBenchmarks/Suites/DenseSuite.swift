import Decoy

/// Training, encoding and exact vector search of the static encoder, one thread.
enum DenseSuite {
    /// Documents that take part at most: dense work on all of a large corpus would take minutes.
    private static let documentLimit = 20_000

    static func benchmarks(_ input: BenchmarkInput, _ folder: ScratchFolder) throws -> [Benchmark] {
        let wanted = Set(input.queries.flatMap { input.qrels.relevant(to: $0.id, minimumGrade: 1) })
        let judged = input.documents.filter { wanted.contains($0.id) }
        let rest = input.documents.lazy.filter { !wanted.contains($0.id) }
        let documents = judged + rest.prefix(max(0, documentLimit - judged.count))
        let texts = documents.map(\.contents)
        let tokenizer = TextSuite.tokenizer(texts)
        var options = TrainingOptions()
        options.epochs = 1
        options.batchSize = 64
        let set = try TrainingSet(
            documents: documents, queries: input.queries, qrels: input.qrels, tokenizer: tokenizer)
        let start = try DualEncoder(tokenizer: tokenizer, options: options)
        let trainer = try Trainer(set, options: options)
        let vectors = try FlatVectorIndex(documents, model: start)
        let queries = start.queryEncoder.encode(input.queries.map(\.text))
        return [
            Benchmark(name: "training, in-batch negatives", unit: "pairs", amount: Double(set.pairCount)) {
                try trainer.train(start).report.steps
            },
            Benchmark(name: "encode, \(options.dimension) dimensions", unit: "documents", amount: Double(texts.count)) {
                start.documentEncoder.encode(texts).count
            },
            Benchmark(name: "exact vector search, top 10", unit: "queries", amount: Double(queries.count)) {
                vectors.search(queries, k: 10).count
            },
            Benchmark(name: "exact vector search, top 1000", unit: "queries", amount: Double(queries.count)) {
                vectors.search(queries, k: 1000).count
            },
        ]
    }
}
