import CKernels

/// A matrix of 16-bit floats (IEEE 754 binary16) over bytes that an owner keeps alive, such as a mapped file's.
package struct HalfMatrix: @unchecked Sendable {
    let base: UnsafePointer<UInt16>
    private let owner: (any AnyObject & Sendable)?
    /// The number of rows.
    package let rows: Int
    /// The number of columns.
    package let columns: Int

    /// A matrix over little-endian bytes at an even address, exactly `rows` times `columns` values; nil where they are at an odd one.
    package init?(rows: Int, columns: Int, littleEndian bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable)
    {
        precondition(1.littleEndian == 1, "values are read as they stand in the file, which needs little-endian memory")
        precondition(rows >= 0 && columns >= 0 && bytes.count == rows * columns * 2, "the bytes must hold the rows")
        guard let start = bytes.baseAddress, Int(bitPattern: start).isMultiple(of: 2) else { return nil }
        base = UnsafePointer(start.assumingMemoryBound(to: UInt16.self))
        self.owner = owner
        self.rows = rows
        self.columns = columns
    }

    /// A matrix that holds the bits of `bits(of:)` itself.
    package init(rows: Int, columns: Int, bits: [UInt16]) {
        precondition(bits.count == rows * columns, "the bits must fill the rows")
        let memory = OwnedBytes(bits)
        base = UnsafePointer(memory.start.assumingMemoryBound(to: UInt16.self))
        owner = memory
        self.rows = rows
        self.columns = columns
    }

    /// The values of a matrix, each rounded to the nearest 16-bit float, ties to even, as their bits.
    package static func bits(of matrix: Matrix, kernels: VectorKernels = .best) -> [UInt16] {
        [UInt16](unsafeUninitializedCapacity: matrix.count) { target, count in
            if let to = target.baseAddress { ck_float_to_half(kernels.level, matrix.constBase, to, matrix.count) }
            count = matrix.count
        }
    }

    /// Some rows as 32-bit floats.
    func convert(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>, _ kernels: VectorKernels) {
        ck_half_to_float(kernels.level, base + range.lowerBound * columns, target, range.count * columns)
    }
}
