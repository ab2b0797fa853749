import DecoyTestSupport
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct ParameterSearchTests {
    private static let k1 = TuningParameter(
        "k1", standard: 1.2, grid: [0.3, 0.6, 0.9, 1.2, 1.6, 2, 2.5, 3], in: 0...10)
    private static let b = TuningParameter("b", standard: 0.75, grid: [0, 0.25, 0.5, 0.75, 1], in: 0...1)

    /// A search whose retriever is a formula.
    private func search(
        _ parameters: [TuningParameter] = [k1, b], queries: Int = 20,
        _ value: @escaping (_ point: [Double], _ query: Int) -> Double
    ) throws -> ParameterSearch {
        let measure = try Measure("nDCG@10")
        let ids = (0..<queries).map { "q\($0)" }
        let coverage = Coverage(
            judged: queries, retrieved: queries, missing: 0, extra: 0, withoutRelevant: 0, missingQueryIDs: [],
            extraQueryIDs: [])
        return ParameterSearch(parameters, measure: measure) { point in
            Evaluation(
                name: "\(point)", measures: [measure], queryIDs: ids,
                values: [(0..<queries).map { value(point, $0) }], coverage: coverage)
        }
    }

    @Test(
        "The highest point of a hill is found to the resolution, on and off the grid and at its edge.",
        arguments: [(0.9, 0.5), (0.75, 0.35), (1.2, 0.75), (2.85, 1), (0, 0), (4.4, 0.1), (10, 0.65)])
    func hill(top: (Double, Double)) throws {
        let search = try search { point, _ in
            1 - (point[0] - top.0) * (point[0] - top.0) / 100 - (point[1] - top.1) * (point[1] - top.1)
        }
        #expect(try search.best() == [top.0, top.1])
        #expect(Set(search.points).count == search.points.count, "a point was evaluated twice")
    }

    @Test("Where nothing is better the standard stays, and there is neither gain nor proof.")
    func level() throws {
        let result = try TuningResult(search { _, query in Double(query) / 20 })
        #expect(result.best.values == [1.2, 0.75])
        #expect(result.gain == 0 && result.p == 1)
        #expect(result.crossValidation?.gain == 0 && result.crossValidation?.p == 1)
    }

    @Test("A parameter that is not crossed is found along its own grid, and the grids are not multiplied.")
    func uncrossed() throws {
        let weight = TuningParameter(
            "title", standard: 1, grid: [0, 1, 2, 4, 8], in: 0...20, resolution: 0.5, isCrossed: false)
        let search = try search([Self.k1, Self.b, weight]) { point, _ in
            1 - abs(point[0] - 0.9) / 100 - abs(point[1] - 0.5) - abs(point[2] - 4.5) / 50
        }
        #expect(try search.best() == [0.9, 0.5, 4.5])
        #expect(search.points.count < 40 + 5 + 60)
    }

    @Test(
        "What helps every query gains as much on held-out queries; what is noise does not, and a fold is its own search."
    )
    func crossValidation() throws {
        let real = try TuningResult(
            search { point, query in 0.5 - abs(point[0] - 0.6) / 10 - abs(point[1] - 0.5) / 10 + Double(query) / 100 })
        let held = try #require(real.crossValidation)
        #expect(abs(held.gain - real.gain) < 1e-9 && real.gain > 0.05)
        #expect(held.points == Array(repeating: [0.6, 0.5], count: 5))
        #expect(held.p < 0.001 && real.p < 0.001)
        var gains = (own: 0.0, heldOut: 0.0)
        for seed in 1...10 as ClosedRange<UInt64> {
            let noise = try TuningResult(
                search { point, query in
                    Double(StableHash.fnv1a64("\(point) \(query)", seed: seed) % 1000) / 1000
                }, seed: seed)
            gains.own += noise.gain / 10
            gains.heldOut += (noise.crossValidation?.gain ?? 0) / 10
        }
        #expect(gains.own > 0.1)
        #expect(gains.heldOut < gains.own / 2)
    }

    @Test("The cross-validation equals one made by hand: search without the fold, measure on it.")
    func naiveCrossValidation() throws {
        let value = { (point: [Double], query: Int) in
            Double(StableHash.fnv1a64("\(point) \(query)") % 100) / 100 - abs(point[1] - 0.4)
        }
        let result = try TuningResult(search(queries: 23, value), folds: 4, seed: 9)
        let order = (0..<23).sorted {
            StableHash.fnv1a64("q\($0)", seed: 9) < StableHash.fnv1a64("q\($1)", seed: 9)
        }
        var sum = 0.0
        for fold in 0..<4 {
            let inside = order.enumerated().filter { $0.offset % 4 == fold }.map(\.element)
            let outside = (0..<23).filter { !inside.contains($0) }
            let own = try search(queries: outside.count) { point, place in value(point, outside[place]) }
            let point = try own.best()
            #expect(result.crossValidation?.points[fold] == point)
            for query in inside { sum += value(point, query) - value([1.2, 0.75], query) }
        }
        #expect(abs((result.crossValidation?.gain ?? 0) - sum / 23) < 1e-12)
    }

    @Test("Too few queries for the folds give no cross-validation; other queries at another point are an error.")
    func impossible() throws {
        #expect(try TuningResult(search(queries: 9) { _, _ in 0 }).crossValidation == nil)
        #expect(try TuningResult(search { _, _ in 0 }, folds: 0).crossValidation == nil)
        let measure = try Measure("AP")
        var count = 0
        let search = ParameterSearch([Self.k1], measure: measure) { _ in
            count += 1
            return Evaluation(
                name: "x", measures: [measure], queryIDs: ["q\(count)"], values: [[0]],
                coverage: Coverage(
                    judged: 1, retrieved: 1, missing: 0, extra: 0, withoutRelevant: 0, missingQueryIDs: [],
                    extraQueryIDs: []))
        }
        #expect(throws: EvaluationError.self) { try search.best() }
    }
}
