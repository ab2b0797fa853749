import DurableStorage

/// How many of a term's documents are deleted, for the terms of which some are.
///
/// A term is known by the offset of its posting list, which no other term of the segment has.
struct TermCorrections: Sendable {
    private let file: ChecksummedFile
    private let offsets: PackedArray
    private let removed: PackedArray
    /// The number of postings of deleted documents.
    let postingCount: Int

    private static let trailerSize = 24

    /// Opens the file.
    init(_ file: ChecksummedFile) throws {
        let trailer = file.bodyEnd - Self.trailerSize
        let terms = try file.load(UInt64.self, at: trailer)
        let postings = try file.load(UInt64.self, at: trailer + 8)
        let offsetWidth = Int(try file.load(UInt8.self, at: trailer + 16))
        let countWidth = Int(try file.load(UInt8.self, at: trailer + 17))
        guard terms <= UInt64(file.bodyEnd), postings <= 1 << 53,
            trailer == ChecksummedFile.bodyStart + Int(terms) * (offsetWidth + countWidth)
        else { throw StorageError.corrupt(file: file.file.name, reason: "its counts are impossible") }
        self.file = file
        postingCount = Int(postings)
        offsets = try PackedArray(
            file, offset: ChecksummedFile.bodyStart, width: offsetWidth, count: Int(terms))
        removed = try PackedArray(
            file, offset: ChecksummedFile.bodyStart + offsetWidth * Int(terms), width: countWidth, count: Int(terms))
    }

    /// The number of terms with corrections.
    var termCount: Int { offsets.count }

    /// The number of deleted documents that hold a term; by binary search.
    func removed(_ entry: TermEntry) throws -> Int {
        var low = 0
        var high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if try offsets.value(middle) < entry.postingsOffset { low = middle + 1 } else { high = middle }
        }
        guard low < offsets.count, try offsets.value(low) == entry.postingsOffset else { return 0 }
        let count = try removed.value(low)
        guard count <= entry.documentFrequency else {
            throw StorageError.corrupt(file: file.file.name, reason: "more documents are deleted than hold a term")
        }
        return count
    }

    /// All corrections by offset; throws where they are more than there can be documents.
    func all() throws -> [Correction] {
        try (0..<offsets.count).map {
            let removed = try removed.value($0)
            guard removed <= IndexFormat.maximumDocumentCount else {
                throw StorageError.corrupt(file: file.file.name, reason: "more documents are deleted than there can be")
            }
            return Correction(postingsOffset: try offsets.value($0), removed: removed)
        }
    }

    /// One term's correction.
    struct Correction: Sendable, Hashable {
        var postingsOffset: Int
        var removed: Int
    }

    /// Writes the file and returns its seal; the corrections stand in the order of their offsets.
    static func write(
        _ corrections: [Correction], _ directory: any Directory, _ name: String
    ) throws -> FileSeal {
        let file = try ChecksummedFileWriter(
            directory, name, kind: IndexFormat.correctionsKind, version: IndexFormat.version)
        let offsetWidth = PackedArray.width(for: corrections.last?.postingsOffset ?? 0)
        let countWidth = PackedArray.width(for: corrections.reduce(0) { max($0, $1.removed) })
        try PackedArray.write(corrections.lazy.map(\.postingsOffset), width: offsetWidth, to: file)
        try PackedArray.write(corrections.lazy.map(\.removed), width: countWidth, to: file)
        var trailer = ByteWriter()
        trailer.append(UInt64(corrections.count))
        trailer.append(UInt64(corrections.reduce(0) { $0 + $1.removed }))
        trailer.append(UInt8(offsetWidth))
        trailer.append(UInt8(countWidth))
        trailer.append([UInt8](repeating: 0, count: 6))
        try file.write(&trailer)
        return try file.finish()
    }
}
