import RetrievalData

/// The values of one run: for every measure one value per query, in the order of the qrels.
public struct Evaluation: Sendable, Hashable, Codable {
    /// The name of the run.
    public var name: String
    /// The measures in the order in which they were asked for.
    public var measures: [Measure]
    /// The queries that means are taken over, in the order of the qrels.
    public var queryIDs: [QueryID]
    /// For each measure the values in the order of `queryIDs`.
    public var values: [[Double]]
    /// Which queries were judged, retrieved, missing and extra.
    public var coverage: Coverage

    /// An evaluation from its parts; `values` has a row for each measure, each with a value for each query.
    public init(name: String, measures: [Measure], queryIDs: [QueryID], values: [[Double]], coverage: Coverage) {
        precondition(values.count == measures.count && values.allSatisfy { $0.count == queryIDs.count })
        self.name = name
        self.measures = measures
        self.queryIDs = queryIDs
        self.values = values
        self.coverage = coverage
    }

    /// The values of a measure per query; nil where it was not measured.
    public func values(of measure: Measure) -> [Double]? {
        measures.firstIndex(of: measure).map { values[$0] }
    }

    /// The run's figure of a measure, 0 where there are no queries; nil where it was not measured.
    ///
    /// It is the mean over the queries, but the sum for counts (`NumRet`) and the geometric mean for `GMAP`: the measure's
    /// `aggregation`.
    public func mean(of measure: Measure) -> Double? {
        values(of: measure).map(measure.aggregation.figure)
    }

    /// The same figure over some of the queries; nil where it was not measured or none of them is there.
    public func mean(of measure: Measure, over wanted: Set<QueryID>) -> Double? {
        guard let values = values(of: measure) else { return nil }
        let chosen = zip(queryIDs, values).filter { wanted.contains($0.0) }.map(\.1)
        return chosen.isEmpty ? nil : measure.aggregation.figure(of: chosen)
    }

    /// The run's figures (see `mean(of:)`) by the measures' canonical names.
    public var means: [String: Double] {
        let figures = zip(measures, values).map { ($0.description, $0.aggregation.figure(of: $1)) }
        return Dictionary(figures, uniquingKeysWith: { first, _ in first })
    }

    /// One query's values by the measures' canonical names; nil for a query that is not there.
    ///
    /// Complexity: O(queries).
    public func values(forQuery query: QueryID) -> [String: Double]? {
        guard let place = queryIDs.firstIndex(of: query) else { return nil }
        return Dictionary(
            zip(measures.map(\.description), values.map { $0[place] }), uniquingKeysWith: { first, _ in first })
    }
}
