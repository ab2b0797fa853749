import Essentials
import NumericKernels

/// The classes of distances between tokens by which MPNet biases attention.
///
/// Half of the classes are for keys behind the query. Within a half the first half is one class a distance, the rest grow logarithmically up to
/// distance 128. Source: T5's bidirectional buckets (Raffel et al. 2020).
enum DistanceClasses {
    static let farthest = 128

    /// The class of key − query.
    static func of(_ distance: Int, classes: Int) -> Int {
        let half = classes / 2
        let side = distance > 0 ? half : 0
        let size = abs(distance)
        let exact = half / 2
        if size < exact { return side + size }
        let growth = Essentials.log(Double(size) / Double(exact)) / Essentials.log(Double(farthest) / Double(exact))
        return side + min(half - 1, exact + Int(growth * Double(half - exact)))
    }

    /// A row a head with the bias of every distance from −reach to reach.
    static func table(_ weights: Matrix, reach: Int) -> Matrix {
        var table = Matrix(rows: weights.columns, columns: 2 * reach + 1)
        for distance in -reach...reach {
            let row = of(distance, classes: weights.rows)
            for head in 0..<weights.columns { table[head, distance + reach] = weights[row, head] }
        }
        return table
    }
}
