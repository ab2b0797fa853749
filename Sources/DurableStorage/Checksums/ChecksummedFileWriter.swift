/// Writes a file in the checksummed container from front to back.
public final class ChecksummedFileWriter {
    private let file: any OutputFile
    private var buffer: [UInt8] = []
    private var pageChecksums = ByteWriter()
    private var flushed = 0
    private static let bufferSize = 16 * ChecksummedFormat.pageSize

    /// Creates the file in a directory.
    public convenience init(_ directory: any Directory, _ name: String, kind: FileKind, version: UInt16) throws {
        self.init(try directory.create(name), kind: kind, version: version)
    }

    /// Begins a file that was created.
    public init(_ file: any OutputFile, kind: FileKind, version: UInt16) {
        self.file = file
        buffer.reserveCapacity(Self.bufferSize)
        var header = ByteWriter()
        header.append(ChecksummedFormat.magic)
        header.append(kind.code)
        header.append(version)
        header.append(UInt8(ChecksummedFormat.pageBits))
        header.append(UInt8(0))
        buffer.append(contentsOf: header.bytes)
    }

    /// The offset in the file at which the next byte will stand.
    public var position: Int { flushed + buffer.count }

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.bufferSize - buffer.count)
            buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: part))
            rest = rest.dropFirst(part.count)
            if buffer.count == Self.bufferSize { try flush() }
        }
    }

    /// Appends bytes.
    public func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    /// Appends what a writer holds and empties it.
    public func write(_ writer: inout ByteWriter) throws {
        try write(writer.bytes)
        writer.removeAll()
    }

    /// Writes the page table and the footer, makes the file durable, and returns its seal.
    public func finish() throws -> FileSeal {
        let bodyLength = position
        try flush()
        var tail = pageChecksums
        tail.append(UInt64(bodyLength))
        tail.append(ChecksummedFormat.endMark)
        let checksum = CRC32C.checksum(tail.bytes)
        tail.append(checksum)
        try tail.bytes.withUnsafeBytes { try file.write($0) }
        try file.sync()
        try file.close()
        return FileSeal(size: bodyLength + tail.count, checksum: checksum)
    }

    private func flush() throws {
        if buffer.isEmpty { return }
        try buffer.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let end = min(start + ChecksummedFormat.pageSize, bytes.count)
                pageChecksums.append(CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
                start = end
            }
            try file.write(bytes)
        }
        flushed += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }
}
