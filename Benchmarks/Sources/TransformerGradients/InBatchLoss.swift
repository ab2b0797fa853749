import Foundation

/// The mean cross-entropy of each query's own document among all of the batch, by scaled cosines.
struct InBatchLoss {
    let value: Double
    /// The gradient of each vector.
    let gradient: [[Float]]

    /// The vectors of the queries stand before those of as many documents or more; query i's own is document i.
    init(_ vectors: [[Float]], queries: Int, scale: Float) {
        let norms = vectors.map { vector in vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
        let units = zip(vectors, norms).map { vector, norm in vector.map { Double($0) / norm } }
        let documents = vectors.count - queries
        var slopes = units.map { _ in [Double](repeating: 0, count: vectors[0].count) }
        var total = 0.0
        for query in 0..<queries {
            let scores = (0..<documents).map { document in
                Double(scale) * zip(units[query], units[queries + document]).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let top = scores.max() ?? 0
            let sum = scores.reduce(0) { $0 + exp($1 - top) }
            total += top + log(sum) - scores[query]
            for document in 0..<documents {
                let weight =
                    (exp(scores[document] - top) / sum - (document == query ? 1 : 0)) * Double(scale) / Double(queries)
                for column in units[query].indices {
                    slopes[query][column] += weight * units[queries + document][column]
                    slopes[queries + document][column] += weight * units[query][column]
                }
            }
        }
        value = total / Double(queries)
        // Through the scaling to length 1: (g − u (u · g)) / norm.
        gradient = units.indices.map { row in
            let along = zip(units[row], slopes[row]).reduce(0) { $0 + $1.0 * $1.1 }
            return units[row].indices.map { column in
                Float((slopes[row][column] - along * units[row][column]) / norms[row])
            }
        }
    }
}
