#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif
@testable import DenseRetrieval

/// InfoNCE of a batch in double precision straight from the formula: means, cosines, softmax; no gradient.
enum ReferenceLoss {
    /// The mean loss; `queryTable` and `documentTable` are rows of doubles and may be the same.
    static func value(
        queries: [[Int32]], documents: [[Int32]], targets: [Int], masked: [[Int]], queryTable: [[Double]],
        documentTable: [[Double]], temperature: Double
    ) -> Double {
        let q = queries.map { unitMean($0, queryTable) }
        let d = documents.map { unitMean($0, documentTable) }
        var sum = 0.0
        for (row, vector) in q.enumerated() {
            let logits = d.map { document in zip(vector, document).reduce(0) { $0 + $1.0 * $1.1 } / temperature }
            let total = logits.indices.filter { !masked[row].contains($0) }.reduce(0) { $0 + exp(logits[$1]) }
            sum += log(total) - logits[targets[row]]
        }
        return sum / Double(q.count)
    }

    static func unitMean(_ tokens: [Int32], _ table: [[Double]]) -> [Double] {
        var mean = [Double](repeating: 0, count: table[0].count)
        for token in tokens {
            for column in mean.indices { mean[column] += table[Int(token)][column] / Double(tokens.count) }
        }
        let norm = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? mean.map { $0 / norm } : mean
    }
}
