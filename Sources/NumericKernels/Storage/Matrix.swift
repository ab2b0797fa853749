/// A matrix of 32-bit floats in row-major order, a value like an array: a copy shares memory until one of the two is changed.
///
/// Rows are reached through checked spans; only the kernels of this module see pointers.
package struct Matrix: Sendable {
    private(set) var storage: MatrixStorage
    /// The number of rows.
    package private(set) var rows: Int
    /// The number of columns, which is also the distance between rows.
    package private(set) var columns: Int

    /// A matrix of zeros.
    ///
    /// Both sizes must be 0 or more.
    package init(rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
        storage = MatrixStorage(capacity: rows * columns)
        self.rows = rows
        self.columns = columns
    }

    /// A matrix from its values, row by row; there must be as many rows as fill the columns exactly.
    package init(columns: Int, values: [Float]) {
        precondition(columns > 0 && values.count.isMultiple(of: columns), "the values must fill whole rows")
        self.init(rows: values.count / columns, columns: columns)
        withMutableBase { base in
            for (index, value) in values.enumerated() { base[index] = value }
        }
    }

    /// A matrix over bytes that `owner` keeps alive and unchanged, copied only where they are not aligned for floats or of another byte order.
    ///
    /// The bytes hold little-endian floats, row by row, and are exactly `rows` times `columns` of them.
    package init(rows: Int, columns: Int, littleEndian bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable) {
        precondition(
            rows >= 0 && columns >= 0 && bytes.count == rows * columns * MemoryLayout<Float>.stride,
            "the bytes must hold exactly the rows and columns")
        self.rows = rows
        self.columns = columns
        let aligned = Int(bitPattern: bytes.baseAddress).isMultiple(of: MemoryLayout<Float>.alignment)
        if aligned, 1.littleEndian == 1, !bytes.isEmpty {
            storage = MatrixStorage(borrowing: bytes, owner: owner)
            return
        }
        storage = MatrixStorage(capacity: rows * columns)
        for index in 0..<(rows * columns) {
            let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
            storage.base[index] = Float(bitPattern: bits)
        }
    }

    /// The number of values.
    package var count: Int { rows * columns }

    /// One value; the indices must exist.
    package subscript(row: Int, column: Int) -> Float {
        get {
            check(row)
            precondition(column >= 0 && column < columns, "no such column")
            return storage.base[row * columns + column]
        }
        set {
            check(row)
            precondition(column >= 0 && column < columns, "no such column")
            makeUnique()
            storage.base[row * columns + column] = newValue
        }
    }

    /// A copy of one row.
    package func row(_ index: Int) -> [Float] {
        check(index)
        return Array(UnsafeBufferPointer(start: storage.base + index * columns, count: columns))
    }

    /// Reads one row where it stands.
    package func withRow<Result>(_ index: Int, _ body: (Span<Float>) throws -> Result) rethrows -> Result {
        check(index)
        return try body(Span(_unsafeStart: UnsafePointer(storage.base + index * columns), count: columns))
    }

    /// Changes one row where it stands.
    package mutating func withMutableRow<Result>(
        _ index: Int, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result {
        check(index)
        makeUnique()
        var span = MutableSpan(_unsafeStart: storage.base + index * columns, count: columns)
        return try body(&span)
    }

    /// Fills the rows on several threads; `body` is called once a row, in no order.
    package mutating func fillRows(threads: Int, _ body: @Sendable (Int, inout MutableSpan<Float>) -> Void) {
        let columns = columns
        let target = withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(rows, size: 64, threads: threads) { range in
            for row in range {
                var span = MutableSpan(_unsafeStart: target.base + row * columns, count: columns)
                body(row, &span)
            }
        }
    }

    /// All values as little-endian bytes, row by row, for writing to a file.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        precondition(1.littleEndian == 1, "values are written as they stand in memory, which must be little-endian")
        return try body(UnsafeRawBufferPointer(start: storage.base, count: count * MemoryLayout<Float>.stride))
    }

    /// Gives the matrix another shape with unspecified values; memory is kept where it suffices.
    package mutating func reshape(rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
        if !isKnownUniquelyReferenced(&storage) || !storage.isOwned || storage.capacity < rows * columns {
            storage = MatrixStorage(capacity: rows * columns)
        }
        self.rows = rows
        self.columns = columns
    }

    /// The memory, made unique first.
    @discardableResult
    mutating func withMutableBase<Result>(_ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
        makeUnique()
        return body(storage.base)
    }

    /// The memory for reading, valid while the matrix is.
    var constBase: UnsafePointer<Float> { UnsafePointer(storage.base) }

    private func check(_ row: Int) { precondition(row >= 0 && row < rows, "no such row") }

    private mutating func makeUnique() {
        if isKnownUniquelyReferenced(&storage), storage.isOwned { return }
        let copy = MatrixStorage(capacity: count)
        copy.base.update(from: storage.base, count: count)
        storage = copy
    }
}

/// A pointer that may cross to the threads of a kernel, which write disjoint parts behind it.
struct FloatPointer: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    init(_ base: UnsafeMutablePointer<Float>) { self.base = base }
}

/// A pointer for reading that may cross to the threads of a kernel.
struct ConstFloatPointer: @unchecked Sendable {
    let base: UnsafePointer<Float>
    init(_ base: UnsafePointer<Float>) { self.base = base }
}
