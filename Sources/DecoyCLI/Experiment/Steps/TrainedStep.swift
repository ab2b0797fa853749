import Decoy
import DurableStorage

/// What training one arm with one seed gave.
struct TrainedStep {
    /// Everything of a step that JSON holds.
    struct Record: Codable {
        var report: TrainingReport
        var options: TrainingOptions
        /// Seconds of its parts.
        var seconds: [String: Double]
        /// For each training query that was looked at, how far its lowest positive stands above its highest candidate.
        var gaps: [Double]
    }

    var record: Record
    /// For each query the model's best documents, and after them BM25's with the model's scores.
    var scored: Run
    /// The model; nil where none is kept.
    var model: DualEncoder?

    /// The model's own ranking.
    func run(named name: String, depth: Int) -> Run {
        Run(
            name: name,
            rankings: scored.rankings.map {
                Ranking(queryID: $0.queryID, documents: Array($0.documents.prefix(depth)))
            })
    }

    /// A retriever that gives a hybrid the model's ranking and its scores of BM25's documents.
    func retriever(depth: Int) -> ScoredRunRetriever { ScoredRunRetriever(scored, depth: depth) }

    /// Answers queries, and scores the documents of another run beside.
    static func scored(
        _ dense: DenseRetriever, _ queries: [Query], beside lexical: Run, depth: Int
    ) throws -> Run {
        var run = try dense.run(queries, k: depth)
        for (place, query) in queries.enumerated() {
            let found = Set(run.rankings[place].documents.map(\.id))
            let others = lexical.rankings[place].documents.map(\.id).filter { !found.contains($0) }
            for (id, score) in zip(others, try dense.scores(of: others, for: query)) {
                if let score { run.rankings[place].documents.append(ScoredDocument(id: id, score: score)) }
            }
        }
        return run
    }

    func write(to folder: String) throws {
        try StepStore.encode(record, folder + "/result.json")
        try RunFile.write(scored, to: folder + "/scored.trec")
        if let model {
            try Checkpoint.write(
                model, record: ModelRecord(options: record.options, report: record.report),
                to: folder + "/model")
        }
    }

    static func read(from folder: String, queries: [Query], withModel: Bool) throws -> TrainedStep {
        TrainedStep(
            record: try StepStore.decode(Record.self, folder + "/result.json"),
            scored: try RunFile.read(folder + "/scored.trec", queries: queries),
            model: withModel ? try Checkpoint.read(folder + "/model").model : nil)
    }
}

/// Runs as files of experiments, which keep queries without an answer.
enum RunFile {
    static func write(_ run: Run, to path: String) throws {
        try AtomicFile.write(path: path) { file in
            for ranking in run.rankings { try file.write(ranking.trecLines(tag: run.name)) }
        }
    }

    /// The rankings of queries in their order; empty for those that the file lacks.
    ///
    /// A model's scores are `Float`s, and the file has their shortest form.
    static func read(_ path: String, queries: [Query]) throws -> Run {
        let run = try RunReader.read(path)
        let rankings = Dictionary(
            run.rankings.map { ($0.queryID, $0.documents) }, uniquingKeysWith: { first, _ in first })
        return Run(
            name: run.name,
            rankings: queries.map { query in
                Ranking(
                    queryID: query.id,
                    documents: (rankings[query.id] ?? []).map {
                        ScoredDocument(id: $0.id, score: Double(Float($0.score)))
                    })
            })
    }
}

/// A run whose first documents are the answer, and whose others only have scores.
struct ScoredRunRetriever: Retriever {
    let name: String
    private let scores: RunRetriever
    private let depth: Int

    init(_ run: Run, depth: Int) {
        name = run.name
        scores = RunRetriever(run)
        self.depth = depth
    }

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try scores.retrieve(queries, k: min(k, depth), each: each)
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        try scores.scores(of: documents, for: query)
    }
}
