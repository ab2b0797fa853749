import RetrievalData

/// Looks for the parameters of a retriever that give the best mean of one measure over some queries.
///
/// First the grids of the crossed parameters are evaluated at every combination, then the grid of each other parameter, then the best point
/// is refined one coordinate at a time with steps that are halved until they fall below the resolution. A point replaces another only where
/// it is better by more than 1e-9, and the standard point comes first: with equal means it stays. No step is random.
///
/// The retriever is known only through a closure that evaluates a point; each point is evaluated once, whatever the number of folds.
public final class ParameterSearch {
    /// What is searched over; a point has one value for each, in this order.
    public let parameters: [TuningParameter]
    /// What is made as high as possible.
    public let measure: Measure
    private let evaluate: (_ point: [Double]) throws -> Evaluation
    private var known: [[Double]: [Double]] = [:]
    /// The points evaluated so far, in the order in which they were.
    public private(set) var points: [[Double]] = []
    /// The queries, in the order of their values.
    public private(set) var queryIDs: [QueryID] = []

    static let tie = 1e-9

    /// A search; `evaluate` gives the values of the measure for a point, for the same queries each time.
    public init(
        _ parameters: [TuningParameter], measure: Measure,
        evaluate: @escaping (_ point: [Double]) throws -> Evaluation
    ) {
        self.parameters = parameters
        self.measure = measure
        self.evaluate = evaluate
    }

    /// The point of the parameters' standard values.
    public var standard: [Double] { parameters.map(\.standard) }

    /// The measure's value for each query at a point; throws what `evaluate` throws, or `EvaluationError.notComparable`.
    public func values(at point: [Double]) throws -> [Double] {
        if let values = known[point] { return values }
        let evaluation = try evaluate(point)
        if points.isEmpty { queryIDs = evaluation.queryIDs }
        guard evaluation.queryIDs == queryIDs, let values = evaluation.values(of: measure) else {
            throw EvaluationError.notComparable(
                one: evaluation.name, other: "the points before", reason: "their queries or measures differ")
        }
        known[point] = values
        points.append(point)
        return values
    }

    /// The mean at a point over the queries at some places; nil for all.
    public func mean(at point: [Double], over places: [Int]? = nil) throws -> Double {
        let values = try values(at: point)
        return Statistics.mean(places.map { $0.map { values[$0] } } ?? values)
    }

    /// The best point for the queries at some places; nil for all.
    public func best(over places: [Int]? = nil) throws -> [Double] {
        var best = (point: standard, mean: try mean(at: standard, over: places))
        func consider(_ point: [Double]) throws -> Bool {
            let mean = try mean(at: point, over: places)
            guard mean > best.mean + Self.tie else { return false }
            best = (point, mean)
            return true
        }
        for point in crossed() { _ = try consider(point) }
        for (place, parameter) in parameters.enumerated() where !parameter.isCrossed {
            let start = best.point
            for value in parameter.grid { _ = try consider(start.replacing(place, with: value)) }
        }
        var steps = zip(parameters, best.point).map { $0.firstStep(at: $1) }
        while true {
            var moved = false
            for (place, parameter) in parameters.enumerated() {
                let start = best.point
                for step in [-steps[place], steps[place]] {
                    let value = parameter.admissible(start[place] + step)
                    if try consider(start.replacing(place, with: value)) { moved = true }
                }
            }
            // A move makes the mean higher, and there are finitely many admissible points: this ends.
            if moved { continue }
            let finest = zip(parameters, steps).allSatisfy { $1 <= $0.resolution * 1.001 }
            if finest { return best.point }
            steps = zip(parameters, steps).map { max($1 / 2, $0.resolution) }
        }
    }

    /// Every combination of the crossed parameters' grids, the others at their standard.
    private func crossed() -> [[Double]] {
        var points = [standard]
        for (place, parameter) in parameters.enumerated() where parameter.isCrossed && !parameter.grid.isEmpty {
            points = points.flatMap { point in parameter.grid.map { point.replacing(place, with: $0) } }
        }
        return points
    }
}

extension [Double] {
    fileprivate func replacing(_ place: Int, with value: Double) -> [Double] {
        var copy = self
        copy[place] = value
        return copy
    }
}
