import DecoyTestSupport
import Foundation
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

/// One small batch and a guide; `Fixtures/make_gist.py` says how it was made.
private struct GuideFixture: Decodable {
    struct Case: Decodable {
        var strategy: String
        var margin: Double
        var withNegatives: Bool
        var loss: Double
        var gradient: [[Double]]
    }

    var queries: [String]
    var positives: [String]
    var negatives: [String]
    var table: [[Float]]
    var guide: [[Float]]
    var cases: [Case]

    static func read(file: String = #filePath) throws -> GuideFixture {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        return try JSONDecoder().decode(
            GuideFixture.self, from: Data(contentsOf: folder.appendingPathComponent("gist.json")))
    }
}

@Suite("A guide that masks false negatives")
struct GuideTests {
    private func model(_ table: [[Float]]) throws -> DualEncoder {
        let matrix = Matrix(columns: table[0].count, values: table.flatMap { $0 })
        return DualEncoder(shared: try StaticEncoder(tokenizer: ToyTokenizer(), table: matrix))
    }

    @Test(
        "Loss and gradients of a step equal those of sentence-transformers' GISTEmbedLoss, with both kinds of margin.")
    func golden() throws {
        let fixture = try GuideFixture.read()
        let documents = (fixture.positives + fixture.negatives).map { Document(id: $0, text: $0) }
        let queries = fixture.queries.map { Query(id: $0, text: $0) }
        var qrels = Qrels()
        for (query, positive) in zip(fixture.queries, fixture.positives) {
            qrels.judge(query: query, document: positive, grade: 1)
        }
        let set = try TrainingSet(documents: documents, queries: queries, qrels: qrels, tokenizer: ToyTokenizer())
        let guide = try Guide(try model(fixture.guide), for: set, documents: documents, queries: queries)
        let own = try fixture.negatives.map { try set.indices([$0], query: nil, place: "test") }
        #expect(fixture.cases.count == 10)
        for example in fixture.cases {
            let name = "\(example.strategy) \(example.margin), negatives \(example.withNegatives)"
            var options = TrainingOptions()
            options.temperature = 0.2
            if example.strategy == "relative" {
                options.guideRelativeMargin = example.margin
            } else {
                options.guideMargin = example.margin
            }
            let negatives = example.withNegatives ? own : []
            var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
            batch.fill(set.pairs, set: set, negatives: negatives)
            let counts = guide.mask(&batch, negatives: negatives, margins: options.guideMargins, threads: 2)
            #expect(counts.masked > 0 && counts.negatives == (example.withNegatives ? 66 : 30), "\(name)")
            #expect(counts.ownNegatives == (example.withNegatives ? 6 : 0), "\(name)")
            var state = try TrainingState(try model(fixture.table))
            let loss = state.step(
                batch, set: set, objective: options.objective, rates: .init(weights: 1e-3), threads: 2)
            #expect(abs(Double(loss) - example.loss) < 1e-4, "\(name)")
            for (row, wanted) in example.gradient.enumerated() {
                for (column, value) in wanted.enumerated() {
                    let found = Double(state.optimizers[0].moments[0][row, column]) / 0.1
                    #expect(abs(found - value) < 1e-4, "\(name), row \(row), column \(column)")
                }
            }
        }
    }

    /// A task with unlabelled twins: for each document one with its letters in another order.
    private func twins() -> ToyTask {
        var task = ToyTask(subjects: 30, perSubject: 2, seed: 4)
        task.documents += task.documents.map { Document(id: $0.id + "-twin", text: String($0.text.reversed())) }
        return task
    }

    @Test(
        "What is masked equals a plain comparison of every cosine, beside known positives, several positives and symmetry."
    )
    func reference() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        var task = twins()
        for query in task.queries where Bool.random(using: &generator) {
            task.qrels.judge(query: query.id, document: "d\(Int.random(in: 0..<30, using: &generator))", grade: 2)
        }
        let set = try task.set()
        let teacher = try DualEncoder(
            tokenizer: ToyTokenizer(),
            options: ToyTask.options {
                $0.seed = seed
                $0.dimension = 7
            })
        let guide = try Guide(teacher, for: set, documents: task.documents, queries: task.queries)
        let documentText = Dictionary(uniqueKeysWithValues: task.documents.map { ($0.id, $0.text) })
        let queryText = Dictionary(uniqueKeysWithValues: task.queries.map { ($0.id, $0.text) })
        for round in 0..<12 {
            let margins = Guide.Margins(
                absolute: Float.random(in: -0.2...0.4, using: &generator),
                relative: Float.random(in: -0.2...0.4, using: &generator))
            let pairs = Array(set.pairs.shuffled(using: &generator).prefix(20))
            let negatives = set.queryIDs.indices.map { query in
                (0..<3).map { _ in Int32.random(in: 0..<Int32(set.documentIDs.count), using: &generator) }
                    .map { set.canonical[Int($0)] }.filter { !set.known[query].contains($0) }
            }
            var plain = ContrastiveBatch(documentCount: set.documentIDs.count)
            plain.fill(pairs, set: set, negatives: negatives, positivesPerQuery: 1 + round % 3)
            var batch = plain
            let counts = guide.mask(&batch, negatives: negatives, margins: margins, threads: 1 + round % 3)
            var expected = GuideCounts()
            for (row, pair) in pairs.enumerated() {
                let vector = teacher.queryEncoder.encode([queryText[set.queryIDs[Int(pair.query)]] ?? ""])[0]
                let cosines = teacher.documentEncoder.encode(
                    plain.documents.map { documentText[set.documentIDs[Int($0)]] ?? "" }
                ).map { zip($0, vector).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } }
                let positives = plain.judgements.positives[row].map(\.column)
                let known = Array(plain.judgements.masked[row])
                let lowest = positives.map { cosines[$0] }.min() ?? 0
                let bar = lowest - Double(margins.absolute) - Double(margins.relative) * abs(lowest)
                let added = batch.judgements.masked[row].filter { !known.contains($0) }
                expected.negatives += cosines.count - positives.count - known.count
                expected.masked += added.count
                for document in Set(negatives[Int(pair.query)]) {
                    guard let column = plain.column(holding: document), !known.contains(column) else { continue }
                    expected.ownMasked += added.contains(column) ? 1 : 0
                }
                for (column, cosine) in cosines.enumerated() {
                    if abs(cosine - bar) < 1e-5 { continue }
                    let isSuspect = cosine > bar && !positives.contains(column) && !known.contains(column)
                    #expect(
                        added.contains(column) == isSuspect,
                        "seed \(seed), round \(round), row \(row), column \(column)")
                }
                #expect(Array(batch.judgements.masked[row].prefix(known.count)) == known, "seed \(seed)")
                #expect(batch.judgements.positives[row] == plain.judgements.positives[row], "seed \(seed)")
            }
            #expect(counts.negatives == expected.negatives && counts.masked == expected.masked, "seed \(seed)")
            let back = batch.judgements.transposed(columns: batch.positiveColumns)
            for column in 0..<back.rows {
                let rows = pairs.indices.filter { batch.judgements.masked[$0].contains(column) }
                #expect(Array(back.masked[column]) == rows, "seed \(seed)")
            }
        }
    }

    @Test(
        "A guide that knows the task keeps training from pushing unlabelled twins away, with the same bits on one thread and three."
    )
    func training() throws {
        let task = twins()
        let set = try task.set()
        let options = ToyTask.options { $0.epochs = 8 }
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        let lists = Dictionary(
            uniqueKeysWithValues: task.queries.map { query in
                (query.id, task.qrels.relevant(to: query.id).map { $0 + "-twin" })
            })
        let negatives = NegativeSource.fixed(lists, count: 1, pool: [])
        // The guide has been trained without twins among its negatives.
        let teacher = try Trainer(set, options: ToyTask.options { $0.epochs = 12 }).train(start).model
        let guide = try Guide(teacher, for: set, documents: task.documents, queries: task.queries)
        func train(_ guide: Guide?, threads: Int = 1) throws -> TrainedModel {
            var options = options
            options.threads = threads
            options.guideMargin = 1e-4
            return try Trainer(set, options: options, negatives: negatives, guide: guide).train(start)
        }
        let guided = try train(guide)
        let plain = try train(nil)
        let counts = try #require(guided.report.guide)
        // A twin has its document's vector, so the guide masks every one of them: 60 queries, 8 epochs.
        #expect(counts.ownNegatives == 480 && counts.ownMasked == 480 && counts.ownMaskedShare == 1)
        #expect(counts.maskedShare > 0 && counts.maskedShare < 0.5 && plain.report.guide == nil)
        // Beside a twin that is pushed as hard as the positive is pulled no loss falls below ln 2.
        #expect((guided.report.epochLosses.last ?? 9) < 0.6 && (plain.report.epochLosses.last ?? 0) >= 0.69)
        let again = try train(guide, threads: 3)
        #expect(again.model.identity() == guided.model.identity() && again.report.guide == counts)
    }

    @Test("A guided training that was stopped goes on with its counts; another guide is another training.")
    func resume() throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        let task = ToyTask(subjects: 40, seed: 6)
        let set = try task.set()
        func guide(_ seed: UInt64) throws -> Guide {
            let model = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options { $0.seed = seed })
            return try Guide(model, for: set, documents: task.documents, queries: task.queries)
        }
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options())
        func train(_ guide: Guide?, resumes: Bool, stopAt: Int? = nil) throws -> TrainedModel {
            let checkpoints = try TrainingCheckpoints(
                path: folder.path("c"), every: 1, resumes: resumes, replaces: !resumes)
            return try Trainer(set, options: ToyTask.options(), guide: guide)
                .train(start, checkpoints: checkpoints) { if $0.step == stopAt { throw Stop() } }
        }
        let whole = try train(guide(5), resumes: false)
        #expect(throws: Stop.self) { try train(guide(5), resumes: false, stopAt: 7) }
        for other in [try guide(6), nil] {
            let error = #expect(throws: TrainingError.self) { try train(other, resumes: true) }
            #expect(error?.description.contains("the guide") == true)
        }
        let resumed = try train(guide(5), resumes: true)
        #expect(resumed.model.identity() == whole.model.identity() && resumed.report.guide == whole.report.guide)
        #expect((whole.report.guide?.masked ?? 0) > 0)
    }

    @Test("A guide of another set, a guide beside a teacher's loss and margins that are no numbers are errors.")
    func unfit() throws {
        let task = ToyTask(subjects: 5, seed: 1)
        let set = try task.set()
        let model = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options())
        let guide = try Guide(model, for: set, documents: task.documents, queries: task.queries)
        let other = try ToyTask(subjects: 6, seed: 1).set()
        #expect(throws: TrainingError.self) { try Trainer(other, options: ToyTask.options(), guide: guide) }
        #expect(throws: TrainingError.self) {
            try Guide(model, for: other, documents: task.documents, queries: task.queries)
        }
        var scored = set
        let query = task.queries[0].id
        try scored.addTeacherScores([Triplet(query: query, positive: "d0", negatives: ["d1"], scores: [1, 0])])
        let error = #expect(throws: TrainingError.self) {
            try Trainer(scored, options: ToyTask.options { $0.loss = .kl }, guide: guide)
        }
        #expect(error?.description.contains("guide") == true)
        #expect(throws: TrainingError.self) { try ToyTask.options { $0.guideMargin = .nan }.validate() }
        #expect(throws: TrainingError.self) { try ToyTask.options { $0.guideRelativeMargin = .infinity }.validate() }
    }
}
