import DurableStorage

/// Fields of protobuf messages; what has the default value is left out, as in proto3. Numbers are not negative.
extension ByteWriter {
    /// Appends an `int32` or `int64`.
    mutating func append(field: Int, _ value: Int) {
        if value == 0 { return }
        appendVarint(field << 3)
        appendVarint(value)
    }

    /// Appends a `double`.
    mutating func append(field: Int, _ value: Double) {
        if value.bitPattern == 0 { return }
        appendVarint(field << 3 | 1)
        append(value.bitPattern)
    }

    /// Appends a `string`'s bytes.
    mutating func append(field: Int, _ value: [UInt8]) {
        if value.isEmpty { return }
        appendVarint(field << 3 | 2)
        appendVarint(value.count)
        append(value)
    }

    /// Appends a `string`.
    mutating func append(field: Int, _ value: String) { append(field: field, Array(value.utf8)) }

    /// The bytes of a number's field with a key of one byte.
    static func size(field value: Int) -> Int {
        value == 0 ? 0 : 1 + max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
    }
}
