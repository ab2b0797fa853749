/// A two-sided test of a mean difference in which both queries and seeds are random.
///
/// It asks whether the difference would be found again with other queries and other seeds. The differences d(query, seed) are a two-way
/// layout of crossed random effects without replication: d = μ + query + seed + rest. Under μ = 0 the mean square of the mean, n m d̄²,
/// is to be held against MS_query + MS_seed − MS_rest: Clark's quasi-F (J. Verb. Learn. Verb. Behav. 12, 1973; Winer, Statistical
/// Principles in Experimental Design, 1971, pages 375 to 378; Raaijmakers, Schrijnemakers and Gremmen, J. Mem. Lang. 41, 1999), with 1 and
/// Satterthwaite's degrees of freedom (Biometrics Bull. 2, 1946).
///
/// A variance that is estimated below 0 (MS_seed < MS_rest or MS_query < MS_rest) must not make the difference look surer than queries
/// alone or seeds alone do. So the denominator is the largest of MS_query (n − 1 degrees of freedom, which is the paired t-test over
/// queries averaged over seeds), MS_seed (m − 1, the t-test over the seeds' means) and the sum above; where neither variance is below 0
/// that is the sum. Simulated without a true difference (`evaluation/peers/evaluation/mixed.py`) it finds one at 0.05 in 4 to 6.5 % of the
/// cases from three seeds on; with two seeds that differ much it is up to 10 %, where the t-test over queries is at 27 %.
public struct MixedTest: Sendable {
    /// The test.
    public init() {}

    /// The p-value of differences with a row for each seed and a column for each query.
    ///
    /// Nil for fewer than two seeds or two queries. 1 where the mean is 0, and 0 where all differences are the same number other than 0.
    ///
    /// Complexity: O(seeds · queries).
    public func pValue(differences: [[Double]]) -> Double? {
        let seeds = Double(differences.count)
        let columns = differences.first?.count ?? 0
        guard differences.count > 1, columns > 1, differences.allSatisfy({ $0.count == columns }) else { return nil }
        let queries = Double(columns)
        let seedMeans = differences.map(Statistics.mean)
        let queryMeans = (0..<columns).map { query in Statistics.mean(differences.map { $0[query] }) }
        let mean = Statistics.mean(seedMeans)
        var rest = 0.0
        for (seed, row) in differences.enumerated() {
            for (query, value) in row.enumerated() {
                let left = value - seedMeans[seed] - queryMeans[query] + mean
                rest += left * left
            }
        }
        let ofQueries = seeds * square(Statistics.deviation(queryMeans))
        let ofSeeds = queries * square(Statistics.deviation(seedMeans))
        let ofRest = rest / ((queries - 1) * (seeds - 1))
        let sum = ofQueries + ofSeeds - ofRest
        if mean == 0 { return 1 }
        let denominator = max(ofQueries, ofSeeds, sum)
        if denominator <= 0 { return 0 }
        let freedom =
            denominator == sum
            ? square(sum)
                / (square(ofQueries) / (queries - 1) + square(ofSeeds) / (seeds - 1)
                    + square(ofRest) / ((queries - 1) * (seeds - 1)))
            : denominator == ofQueries ? queries - 1 : seeds - 1
        let ratio = queries * seeds * square(mean) / denominator
        return regularizedIncompleteBeta(freedom / (freedom + ratio), freedom / 2, 0.5)
    }

    private func square(_ value: Double) -> Double { value * value }
}
