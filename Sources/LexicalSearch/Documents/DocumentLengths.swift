import DurableStorage

/// The exact length of every document of a segment in terms, and the codes that bounds use for lengths.
struct DocumentLengths: Sendable {
    let values: PackedArray
    let codes: LengthCodes
    /// Documents with at least one term.
    let documentCount: Int
    let totalLength: Int

    private static let trailerSize = 32

    /// Opens the file of a segment with so many documents.
    init(_ file: ChecksummedFile, documentCount: Int) throws {
        let trailer = file.bodyEnd - Self.trailerSize
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.file.name, reason: reason) }
        let total = try file.load(UInt64.self, at: trailer)
        let nonEmpty = try file.load(UInt64.self, at: trailer + 8)
        let count = try file.load(UInt64.self, at: trailer + 16)
        let codeCount = Int(try file.load(UInt16.self, at: trailer + 24))
        let width = Int(try file.load(UInt8.self, at: trailer + 26))
        guard count == UInt64(documentCount), nonEmpty <= count, codeCount <= 256, width <= 4, total <= 1 << 53 else {
            throw corrupt("its counts are impossible")
        }
        totalLength = Int(total)
        self.documentCount = Int(nonEmpty)
        let start = ChecksummedFile.bodyStart
        var lengths: [UInt32] = []
        let table = try file.view(offset: start, count: 4 * codeCount)
        for index in 0..<codeCount { lengths.append(try table.load(UInt32.self, at: 4 * index)) }
        for (shorter, longer) in zip(lengths, lengths.dropFirst()) where shorter >= longer {
            throw corrupt("its length codes do not ascend")
        }
        codes = LengthCodes(lengths: lengths)
        values = try PackedArray(file, offset: start + 4 * codeCount, width: width, count: documentCount)
    }

    /// The number of documents with a term in at least one of the fields, from the documents' lengths in each.
    static func documentsWithTerms(_ lengths: [[UInt32]]) -> Int {
        (lengths.first?.indices ?? 0..<0).count { document in lengths.contains { $0[document] > 0 } }
    }

    /// Writes the file and returns its seal.
    static func write(
        _ lengths: [UInt32], codes: LengthCodes, _ directory: any Directory, _ name: String
    ) throws -> FileSeal {
        let file = try ChecksummedFileWriter(
            directory, name, kind: IndexFormat.lengthsKind, version: IndexFormat.version)
        var buffer = ByteWriter()
        for length in codes.lengths { buffer.append(length) }
        try file.write(&buffer)
        let width = PackedArray.width(for: Int(lengths.max() ?? 0))
        try PackedArray.write(lengths.lazy.map { Int($0) }, width: width, to: file)
        buffer.append(lengths.reduce(UInt64(0)) { $0 + UInt64($1) })
        buffer.append(UInt64(lengths.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }))
        buffer.append(UInt64(lengths.count))
        buffer.append(UInt16(codes.lengths.count))
        buffer.append(UInt8(width))
        buffer.append([UInt8](repeating: 0, count: 5))
        try file.write(&buffer)
        return try file.finish()
    }
}
