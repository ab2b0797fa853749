import DecoyTestSupport
import Testing

@testable import NumericKernels

@Suite("Eigenvalues of sparse matrices")
struct SpectralTests {
    /// A random sparse symmetric matrix of low rank, with its dense twin.
    private func lowRank(_ size: Int, rank: Int, _ generator: inout SeededGenerator) -> (SparseMatrix, [[Double]]) {
        var dense = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for part in 0..<rank {
            let members = (0..<size).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
            let values = members.map { _ in Double.random(in: -1...1, using: &generator) }
            let weight = (part.isMultiple(of: 3) ? -1.0 : 1.0) * Double(1 + part)
            for (i, x) in zip(members, values) { for (j, y) in zip(members, values) { dense[i][j] += weight * x * y } }
        }
        var offsets = [0]
        var places: [Int32] = []
        var values: [Float] = []
        for row in dense {
            for (column, value) in row.enumerated() where value != 0 {
                places.append(Int32(column))
                values.append(Float(value))
            }
            offsets.append(places.count)
        }
        return (SparseMatrix(columns: size, offsets: offsets, places: places, values: values), dense)
    }

    @Test("Jacobi's vectors are orthonormal, and the matrix stretches each by its value.")
    func jacobi() {
        var generator = SeededGenerator(seed: freshSeed())
        for size in [1, 2, 7, 12] {
            let (_, dense) = lowRank(size, rank: size, &generator)
            let found = SymmetricEigenvalues(dense)
            for (value, vector) in zip(found.values, found.vectors) {
                let image = dense.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
                #expect(zip(image, vector).allSatisfy { abs($0 - value * $1) < 1e-9 }, "seed \(generator.seed)")
            }
            for (i, x) in found.vectors.enumerated() {
                for (j, y) in found.vectors.enumerated() {
                    let product = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
                    #expect(abs(product - (i == j ? 1 : 0)) < 1e-9, "seed \(generator.seed)")
                }
            }
        }
        #expect(SymmetricEigenvalues([]).values.isEmpty)
    }

    @Test("A sparse product equals the dense one, on any number of threads.")
    func product() {
        var generator = SeededGenerator(seed: freshSeed())
        let (sparse, dense) = lowRank(70, rank: 4, &generator)
        let other = Matrix(columns: 5, values: (0..<350).map { _ in Float.random(in: -1...1, using: &generator) })
        let result = sparse.multiplied(by: other, threads: 1)
        for row in 0..<70 {
            for column in 0..<5 {
                let expected = (0..<70).reduce(0.0) { $0 + dense[row][$1] * Double(other[$1, column]) }
                #expect(abs(Double(result[row, column]) - expected) < 1e-4, "seed \(generator.seed)")
            }
        }
        let again = sparse.multiplied(by: other, threads: 3)
        #expect((0..<70).allSatisfy { again.row($0) == result.row($0) })
    }

    @Test("The leading pairs are those of the whole decomposition; a matrix of low rank has no more.")
    func leadingPairs() {
        var generator = SeededGenerator(seed: freshSeed())
        let (sparse, dense) = lowRank(60, rank: 6, &generator)
        let start: @Sendable (Int, inout MutableSpan<Float>) -> Void = { row, span in
            var generator = SeededGenerator(seed: UInt64(row))
            for place in span.indices { span[place] = Float.random(in: -1...1, using: &generator) }
        }
        let whole = SymmetricEigenvalues(dense).values.map { abs($0) }.sorted(by: >)
        let found = SubspaceIteration.eigenpairs(of: sparse, count: 4, threads: 1, start: start)
        #expect(found.values.count == 4 && found.vectors.columns == 4)
        for (value, expected) in zip(found.values, whole) {
            #expect(abs(abs(value) - expected) < 1e-3 * whole[0], "seed \(generator.seed)")
        }
        for (column, value) in found.values.enumerated() {
            let vector = (0..<60).map { Double(found.vectors[$0, column]) }
            let image = dense.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
            #expect(
                zip(image, vector).allSatisfy { abs($0 - value * $1) < 2e-3 * whole[0] }, "seed \(generator.seed)")
        }
        let threaded = SubspaceIteration.eigenpairs(of: sparse, count: 4, threads: 2, start: start)
        #expect(threaded.values == found.values)
        #expect((0..<60).allSatisfy { threaded.vectors.row($0) == found.vectors.row($0) })
        let all = SubspaceIteration.eigenpairs(of: sparse, count: 40, threads: 1, start: start)
        #expect(all.values.filter { abs($0) > 1e-3 * whole[0] }.count <= 6, "seed \(generator.seed)")
        let nothing = SparseMatrix(columns: 3, offsets: [0, 0, 0, 0], places: [], values: [])
        #expect(SubspaceIteration.eigenpairs(of: nothing, count: 2, threads: 1, start: start).values.isEmpty)
    }
}
