import DecoyTestSupport
import RetrievalData

@testable import DenseRetrieval

/// A task that can be learnt: a document speaks of its subject in one half of the alphabet, its query in the other.
struct ToyTask {
    var documents: [Document] = []
    var queries: [Query] = []
    var qrels = Qrels()

    /// `subjects` documents and as many queries for each of `perSubject` repetitions.
    init(subjects: Int, perSubject: Int = 1, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("abcdefghijklm")
        let others = Array("nopqrstuvwxyz")
        for subject in 0..<subjects {
            let mine = (0..<3).map { _ in Int.random(in: 0..<13, using: &generator) }
            documents.append(
                Document(
                    id: "d\(subject)", text: String(mine.map { letters[$0] }) + " " + String(letters[subject % 13])))
            for repetition in 0..<perSubject {
                let id = "q\(subject)-\(repetition)"
                queries.append(Query(id: id, text: String(mine.map { others[$0] }) + String(others[subject % 13])))
                qrels.judge(query: id, document: "d\(subject)", grade: 1)
            }
        }
    }

    func set(threads: Int = 1) throws -> TrainingSet {
        try TrainingSet(
            documents: documents, queries: queries, qrels: qrels, tokenizer: ToyTokenizer(), threads: threads)
    }

    static func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
        var options = TrainingOptions()
        options.dimension = 12
        options.batchSize = 16
        options.epochs = 4
        change(&options)
        return options
    }

    /// The mean reciprocal rank of the relevant documents.
    func reciprocalRank(_ model: DualEncoder) throws -> Double {
        let retriever = try DenseRetriever(model: model, index: FlatVectorIndex(documents, model: model))
        let run = try retriever.run(queries, k: documents.count)
        let ranks = run.rankings.map { ranking in
            let place = ranking.documents.firstIndex { qrels[ranking.queryID][$0.id] != nil } ?? documents.count
            return 1 / Double(place + 1)
        }
        return ranks.reduce(0, +) / Double(ranks.count)
    }
}

/// A seed of its own for each run, printed where a test fails.
func freshSeed() -> UInt64 { UInt64.random(in: 0 ... .max) }
