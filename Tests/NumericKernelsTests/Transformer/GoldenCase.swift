import Foundation
import NumericKernels
import Testing

/// Inputs, output and gradients of one kernel from `Fixtures/transformer.json`, made by PyTorch.
struct GoldenCase: Decodable {
    /// A matrix or, as one row, a vector.
    struct Rows: Decodable {
        let rows: [[Float]]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let rows = try? container.decode([[Float]].self) {
                self.rows = rows
            } else {
                rows = [try container.decode([Float].self)]
            }
        }

        var matrix: Matrix { Matrix(columns: rows.first?.count ?? 1, values: values) }
        var values: [Float] { Array(rows.joined()) }
    }

    let inputs: [Rows]
    let gradient: Rows
    let output: Rows
    let gradients: [Rows]

    /// The case of that name.
    static func named(_ name: String) throws -> GoldenCase {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Fixtures/transformer.json"))
        return try #require(try JSONDecoder().decode([String: GoldenCase].self, from: data)[name])
    }
}

/// Expects values equal to within `tolerance` of the larger of 1 and the wanted value.
func expectClose(
    _ values: [Float], _ wanted: [Float], _ tolerance: Float = 2e-6, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(values.count == wanted.count, comment, sourceLocation: sourceLocation)
    let worst = zip(values, wanted).map { abs($0 - $1) / max(1, abs($1)) }.max { !($0 >= $1) } ?? 0
    #expect(worst <= tolerance, comment, sourceLocation: sourceLocation)
}

/// The derivative of Σ weight · output(input) in the direction of one value of the input, by central differences in double precision.
func slope(of function: ([Double]) -> [Double], at input: [Double], along index: Int, weight: [Double]) -> Double {
    let step = 1e-5
    func total(_ shift: Double) -> Double {
        var moved = input
        moved[index] += shift
        return zip(function(moved), weight).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return (total(step) - total(-step)) / (2 * step)
}
