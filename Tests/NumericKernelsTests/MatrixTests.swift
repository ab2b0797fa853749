import NumericKernels
import Testing

@Suite("Matrix")
struct MatrixTests {
    @Test("A copy shares memory until one of the two is changed.")
    func valueSemantics() {
        let first = Matrix(columns: 2, values: [1, 2, 3, 4])
        var second = first
        second[1, 0] = 9
        second.withMutableRow(0) { $0[1] = 7 }
        #expect(first.row(0) + first.row(1) == [1, 2, 3, 4])
        #expect(second.row(0) + second.row(1) == [1, 7, 9, 4])
    }

    @Test("Bytes of an owner are read where they stand, aligned or not, and never written.")
    func borrowedBytes() {
        final class Owner: Sendable {
            let bytes: [UInt8]
            init(_ bytes: [UInt8]) { self.bytes = bytes }
        }
        for shift in 0..<4 {
            let values: [Float] = [1, -2, 3.5, 4]
            var bytes = [UInt8](repeating: 0, count: shift)
            for value in values {
                for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32(place)))) }
            }
            let owner = Owner(bytes)
            owner.bytes.withUnsafeBytes { raw in
                let part = UnsafeRawBufferPointer(rebasing: raw[shift...])
                let matrix = Matrix(rows: 2, columns: 2, littleEndian: part, owner: owner)
                #expect(matrix.values == values)
                var changed = matrix
                changed[0, 0] = 8
                #expect(matrix[0, 0] == 1 && changed[0, 0] == 8)
            }
            #expect(owner.bytes == bytes)
        }
    }

    @Test("Rows filled on several threads are those filled on one.")
    func fillRows() {
        func filled(threads: Int) -> [Float] {
            var matrix = Matrix(rows: 300, columns: 3)
            matrix.fillRows(threads: threads) { row, values in
                for column in values.indices { values[column] = Float(row * 3 + column) }
            }
            return matrix.values
        }
        #expect(filled(threads: 1) == (0..<900).map(Float.init))
        #expect(filled(threads: 3) == filled(threads: 1))
    }
}
