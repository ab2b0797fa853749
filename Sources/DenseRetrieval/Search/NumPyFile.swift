import DurableStorage

extension FlatVectorIndex {
    /// Writes the vectors as a NumPy array of 32-bit floats, documents × dimensions in row order, C order.
    ///
    /// The form is version 1.0 of `numpy.lib.format`: magic, version, the length of the header in 16 bits, the header as a Python
    /// dictionary, padded so that the values begin at a multiple of 64. Vectors that are kept in less than 32 bits are written as they are kept.
    public func writeNumPy(to file: AtomicFile) throws {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(count), \(dimension)), }"
        let prefix = 10
        while !(prefix + header.utf8.count + 1).isMultiple(of: 64) { header += " " }
        header += "\n"
        let length = UInt16(truncatingIfNeeded: header.utf8.count)
        try file.write([0x93] + Array("NUMPY".utf8) + [1, 0])
        try file.write([UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)])
        try file.write(header)
        for start in stride(from: 0, to: count, by: 4096) {
            try rows.matrix(start..<min(start + 4096, count)).withBytes { try file.write($0) }
        }
    }
}
