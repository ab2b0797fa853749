import DurableStorage

/// An array of integers of one fixed width of 1 to 8 bytes, read straight from a file; every access is checked and verified.
///
/// A section of such integers is always followed by at least seven more bytes of the body, so that one load of eight serves any width.
struct PackedArray: Sendable {
    let file: ChecksummedFile
    let offset: Int
    let width: Int
    let count: Int
    private let mask: UInt64

    /// The array at an offset; throws `corrupt` where it does not lie in the file's body with seven bytes to follow.
    init(_ file: ChecksummedFile, offset: Int, width: Int, count: Int) throws {
        let (size, overflow) = count.multipliedReportingOverflow(by: width)
        guard (1...8).contains(width), count >= 0, !overflow, offset >= ChecksummedFile.bodyStart,
            offset <= file.bodyEnd, size <= file.bodyEnd - offset - 7
        else {
            throw StorageError.corrupt(file: file.file.name, reason: "a section lies outside of the file")
        }
        self.file = file
        self.offset = offset
        self.width = width
        self.count = count
        mask = width == 8 ? .max : (1 << UInt64(8 * width)) - 1
    }

    /// One element.
    func value(_ index: Int) throws -> Int {
        guard index >= 0, index < count else {
            throw StorageError.corrupt(file: file.file.name, reason: "element \(index) of \(count) is asked for")
        }
        let value = try file.load(UInt64.self, at: offset + width * index) & mask
        guard let value = Int(exactly: value) else {
            throw StorageError.corrupt(file: file.file.name, reason: "element \(index) is impossibly large")
        }
        return value
    }

    /// Random access to the elements after their pages were all verified; valid while the file lives.
    func reader() throws -> PackedReader {
        let view = try file.view(offset: offset, count: count == 0 ? 0 : width * count + 7)
        let bytes = view.unsafeBytes.baseAddress.unsafelyUnwrapped  // A view of a file always has an address.
        return PackedReader(bytes: bytes, width: width, count: count, mask: mask)
    }

    /// Calls `body` with every element in order; faster than one by one.
    func forEach(_ body: (_ index: Int, _ value: UInt64) throws -> Void) throws {
        if count == 0 { return }
        let view = try file.view(offset: offset, count: width * count + 7)
        try view.withUnsafeBytes { bytes in
            for index in 0..<count {
                let raw = bytes.loadUnaligned(fromByteOffset: index &* width, as: UInt64.self)
                try body(index, UInt64(littleEndian: raw) & mask)
            }
        }
    }

    /// The number of bytes that hold every value up to `maximum`.
    static func width(for maximum: Int) -> Int {
        max(1, (Int.bitWidth - maximum.leadingZeroBitCount + 7) / 8)
    }

    /// Writes values in the given width.
    static func write(_ values: some Sequence<Int>, width: Int, to file: ChecksummedFileWriter) throws {
        var buffer = ByteWriter()
        for value in values {
            let raw = UInt64(value).littleEndian
            withUnsafeBytes(of: raw) { buffer.append(UnsafeRawBufferPointer(rebasing: $0[..<width])) }
            if buffer.count >= 1 << 16 { try file.write(&buffer) }
        }
        try file.write(&buffer)
    }
}

/// The elements of a packed array whose pages were verified beforehand; indexes are still checked.
///
/// Valid while the file lives.
struct PackedReader: @unchecked Sendable {
    let count: Int
    private let bytes: UnsafeRawPointer
    private let width: Int
    private let mask: UInt64

    fileprivate init(bytes: UnsafeRawPointer, width: Int, count: Int, mask: UInt64) {
        self.bytes = bytes
        self.width = width
        self.count = count
        self.mask = mask
    }

    /// One element, or nil for an index that is not there.
    @inline(__always)
    func value(_ index: Int) -> Int? {
        guard index >= 0, index < count else { return nil }
        let raw = bytes.loadUnaligned(fromByteOffset: index &* width, as: UInt64.self)
        return Int(truncatingIfNeeded: UInt64(littleEndian: raw) & mask)
    }
}
