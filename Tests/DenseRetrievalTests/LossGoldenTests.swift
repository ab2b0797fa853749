import Foundation
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

/// One small batch with duplicates, known positives, grades and a teacher; `Fixtures/make_losses.py` says how it was made.
private struct LossFixture: Decodable {
    struct Case: Decodable {
        var options: TrainingOptions
        var loss: Double
        var gradient: [[Double]]
        var temperatureSlope: Double
    }

    var queries: [String]
    var documents: [String]
    var qrels: [[Int]]
    var negatives: [String: [Int32]]
    var teacher: [[Double]]
    var table: [[Float]]
    var cases: [Case]

    static func read(file: String = #filePath) throws -> LossFixture {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        return try JSONDecoder().decode(
            LossFixture.self, from: Data(contentsOf: folder.appendingPathComponent("losses.json")))
    }

    func set() throws -> TrainingSet {
        var judgements = Qrels()
        for row in qrels { judgements.judge(query: "\(row[0])", document: "\(row[1])", grade: row[2]) }
        var set = try TrainingSet(
            documents: documents.enumerated().map { Document(id: "\($0)", text: $1) },
            queries: queries.enumerated().map { Query(id: "\($0)", text: $1) }, qrels: judgements,
            tokenizer: ToyTokenizer())
        try set.addTeacherScores(
            teacher.map { Triplet(query: "\(Int($0[0]))", positive: "\(Int($0[1]))", scores: [$0[2]]) })
        return set
    }
}

@Suite("Losses against PyTorch")
struct LossGoldenTests {
    @Test("Loss and gradients of a whole step equal those of PyTorch, with one and with two positives a query.")
    func golden() throws {
        let fixture = try LossFixture.read()
        let set = try fixture.set()
        let table = Matrix(columns: fixture.table[0].count, values: fixture.table.flatMap { $0 })
        let model = DualEncoder(shared: try StaticEncoder(tokenizer: ToyTokenizer(), table: table))
        let negatives = fixture.queries.indices.map { fixture.negatives["\($0)"] ?? [] }
        #expect(fixture.cases.count == 24)
        for example in fixture.cases {
            let options = example.options
            let name =
                "\(options.loss.rawValue), \(options.selection), symmetric \(options.symmetric), \(options.matryoshka)"
            var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
            batch.fill(set.pairs, set: set, negatives: negatives, positivesPerQuery: options.positivesPerQuery)
            var state = try TrainingState(model)
            let loss = state.step(
                batch, set: set, objective: options.objective, rates: .init(weights: 1e-3, temperature: 1e-3),
                threads: 2)
            let size = max(1, abs(example.loss))
            #expect(abs(Double(loss) - example.loss) < 1e-4 * size, "\(name)")
            // The first moment after the first step is (1 − β₁) times the gradient.
            for (row, wanted) in example.gradient.enumerated() {
                for (column, value) in wanted.enumerated() {
                    let found = Double(state.optimizers[0].moments[0][row, column]) / 0.1
                    #expect(abs(found - value) < 1e-4 * max(1, abs(value)), "\(name), row \(row), column \(column)")
                }
            }
            if options.loss.hasTemperature {
                let slope = (state.temperature?.firstMoment ?? 0) / 0.1
                #expect(abs(slope - example.temperatureSlope) < 1e-4 * max(1, abs(slope)), "\(name)")
            }
        }
    }
}
