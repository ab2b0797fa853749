import DurableStorage

/// What a segment says of its documents whatever its fields, held in memory until it is written: the ids.
struct SegmentParts: Sendable {
    /// The ids one after the other.
    var idBytes: [UInt8] = []
    /// Where each id begins, and where the last ends.
    var idOffsets: [Int] = [0]

    /// The bytes of memory in use.
    var memory: Int { idBytes.count + 8 * idOffsets.count }

    /// The number of documents.
    var count: Int { idOffsets.count - 1 }

    /// The documents in code order of their ids.
    func orderOfIDs() -> [UInt32] {
        idBytes.withUnsafeBytes { ByteOrder.sortedIndexes(bytes: $0, offsets: idOffsets) }
    }

    /// Whether two documents have one id.
    func haveSameID(_ one: Int, _ other: Int) -> Bool {
        idBytes.withUnsafeBytes { bytes in
            let (a, b) = (idOffsets[one]..<idOffsets[one + 1], idOffsets[other]..<idOffsets[other + 1])
            return a.count == b.count
                && ByteOrder.compare(
                    UnsafeRawBufferPointer(rebasing: bytes[a]), UnsafeRawBufferPointer(rebasing: bytes[b])) == 0
        }
    }

    /// The id of a document.
    func id(_ document: Int) -> ArraySlice<UInt8> { idBytes[idOffsets[document]..<idOffsets[document + 1]] }
}

/// Writes the files of one segment.
struct SegmentFiles {
    let directory: any Directory
    let name: String
    /// The names of the fields.
    let fields: [String]
    let threads: Int
    /// Whether the segment gets a file of token positions.
    let storesPositions: Bool

    /// Writes all files but the stored text, which `texts` finishes; `lengths` has each field's documents' lengths in terms, `order` brings
    /// the documents into code order of their ids, and `add` adds a field's posting lists.
    func write(
        _ parts: SegmentParts, lengths: [[UInt32]], texts: TextStoreWriter?,
        order: @escaping @Sendable (SegmentParts) throws -> [UInt32],
        postings add: (_ field: Int, PostingsWriter) throws -> Void
    ) throws -> Manifest.Segment {
        @Sendable func name(_ suffix: String) -> String { IndexFormat.fileName(segment: self.name, suffix: suffix) }
        let ids = Aside(threads: threads) {
            try DocumentIDTable.write(
                bytes: parts.idBytes, offsets: parts.idOffsets, order: order(parts), directory, name("ids"))
        }
        // The files are not left while one of them is being written.
        defer { _ = try? ids.get() }
        let written = try fields.indices.map { field in
            try write(field: fields[field], lengths: lengths[field]) { try add(field, $0) }
        }
        let idsSeal = try ids.get()
        let textsSeal = try texts?.finish()
        return Manifest.Segment(
            name: self.name, documentCount: parts.count,
            documentsWithTerms: fields.count > 1 ? DocumentLengths.documentsWithTerms(lengths) : nil, fields: written,
            ids: .init(name: name("ids"), seal: idsSeal),
            texts: textsSeal.map { .init(name: name("texts"), seal: $0) })
    }

    /// Writes the files of one field.
    private func write(
        field: String, lengths: [UInt32], postings add: (PostingsWriter) throws -> Void
    ) throws -> Manifest.Field {
        func name(_ suffix: String) -> String {
            IndexFormat.fileName(segment: self.name, field: field, suffix: suffix)
        }
        let total = lengths.reduce(0) { $0 + Int($1) }
        let nonEmpty = lengths.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
        let codes = LengthCodes(of: lengths)
        let postings = try PostingsWriter(
            directory, termsName: name("terms"), postingsName: name("postings"), lengths: lengths, codes: codes,
            averageLength: nonEmpty > 0 ? Double(total) / Double(nonEmpty) : 0, threads: threads,
            positionsName: storesPositions ? name("positions") : nil)
        try add(postings)
        let seals = try postings.finish()
        let lengthsSeal = try DocumentLengths.write(lengths, codes: codes, directory, name("lengths"))
        return Manifest.Field(
            name: field, documentCount: nonEmpty, totalLength: total, termCount: postings.termCount,
            postingCount: postings.postingCount, terms: .init(name: name("terms"), seal: seals.terms),
            postings: .init(name: name("postings"), seal: seals.postings),
            lengths: .init(name: name("lengths"), seal: lengthsSeal),
            positions: seals.positions.map { .init(name: name("positions"), seal: $0) })
    }
}
