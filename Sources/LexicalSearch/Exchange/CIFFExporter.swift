import DurableStorage
import RetrievalData

/// Writes an index in the Common Index File Format, which Lucene, PISA and other engines read.
///
/// Deleted documents are left out; documents have numbers from 0 in the order of the index, terms are in byte order. Texts, metadata,
/// positions and the analyzer are not part of the format. Source: github.com/osirrc/ciff; `Documentation/formats/ciff.md`.
public struct CIFFExporter {
    /// What was written.
    public struct Summary: Codable, Sendable, Hashable {
        /// The number of documents.
        public var documentCount: Int
        /// The number of terms, each with its list.
        public var termCount: Int
        /// The number of pairs of a term and a document that holds it.
        public var postingCount: Int
    }

    private let reader: IndexReader
    /// For each segment the new number of each document, −1 for deleted ones.
    private let numbers: [[Int32]]

    /// An exporter of an index; throws `InputError` where it has fields, of which the format knows none.
    public init(_ reader: IndexReader) throws {
        func problem(_ text: String, _ remedy: String) -> InputError {
            InputError(source: reader.path, problem: text, remedy: remedy)
        }
        if reader.fields != nil {
            throw problem(
                "the index has fields, and CIFF has one list a term", "build an index without --fields to export it")
        }
        if reader.storedDocumentCount > Int(Int32.max) {
            throw problem("CIFF numbers no more than \(Int32.max) documents", "export smaller indexes")
        }
        self.reader = reader
        var next: Int32 = 0
        numbers = reader.segments.map { segment in
            (0..<segment.documentCount).map { document in
                if !segment.isLive(document) { return -1 }
                defer { next += 1 }
                return next
            }
        }
    }

    /// Hands the file's bytes to `output`, message by message; memory: 4 bytes a document and the longest list.
    public func write(description: String, to output: ([UInt8]) throws -> Void) throws -> Summary {
        var summary = Summary(documentCount: reader.storedDocumentCount, termCount: 0, postingCount: 0)
        try forEachTerm { _, entries in
            if try entries.contains(where: { try $0.segment.contents.liveFrequency($0.entry) > 0 }) {
                summary.termCount += 1
            }
        }
        var header = CIFFHeader()
        header.listCount = summary.termCount
        header.totalListCount = summary.termCount
        header.documentCount = summary.documentCount
        header.totalDocumentCount = summary.documentCount
        header.totalLength = reader.totalLength
        header.averageLength =
            summary.documentCount > 0 ? Double(reader.totalLength) / Double(summary.documentCount) : 0
        header.description = description
        guard summary.termCount <= Int(Int32.max) else {
            throw InputError(
                source: reader.path, problem: "CIFF counts no more than \(Int32.max) terms",
                remedy: "export smaller indexes")
        }
        try write(header.encoded(), to: output)
        try writeLists(&summary, to: output)
        try writeDocuments(to: output)
        return summary
    }

    private typealias Entry = (segment: Segment, number: Int, entry: TermEntry)

    /// Walks through the terms of all segments in byte order.
    private func forEachTerm(_ body: (_ term: [UInt8], _ entries: [Entry]) throws -> Void) throws {
        var cursors = try reader.segments.map { try TermCursor($0.contents.terms) }
        while let term = cursors.compactMap(\.term).min(by: { $0.lexicographicallyPrecedes($1) }) {
            var entries: [Entry] = []
            for index in cursors.indices where cursors[index].term == term {
                entries.append((reader.segments[index], index, cursors[index].entry))
                try cursors[index].next()
            }
            try body(term, entries)
        }
    }

    private func writeLists(_ summary: inout Summary, to output: ([UInt8]) throws -> Void) throws {
        var list = CIFFList()
        var postingCount = 0
        try forEachTerm { term, entries in
            list.term = term
            list.documents.removeAll(keepingCapacity: true)
            list.frequencies.removeAll(keepingCapacity: true)
            list.collectionFrequency = 0
            for (segment, number, entry) in entries {
                var cursor = try segment.contents.cursor(entry)
                while try cursor.next() {
                    for place in 0..<cursor.size {
                        let document = numbers[number][Int(cursor.documents[place])]
                        if document < 0 { continue }
                        let frequency = cursor.frequencies[place]
                        guard frequency <= UInt32(Int32.max) else {
                            throw StorageError.corrupt(
                                file: segment.contents.postings.file.name, reason: "an impossible frequency")
                        }
                        list.documents.append(UInt32(document))
                        list.frequencies.append(frequency)
                        list.collectionFrequency += Int(frequency)
                    }
                }
            }
            if list.documents.isEmpty { return }
            postingCount += list.documents.count
            try write(list.encoded(), to: output)
        }
        summary.postingCount = postingCount
    }

    private func writeDocuments(to output: ([UInt8]) throws -> Void) throws {
        for (segment, numbers) in zip(reader.segments, numbers) {
            try segment.contents.lengths.values.forEach { document, length in
                if numbers[document] < 0 { return }
                let record = CIFFDocument(
                    number: Int(numbers[document]), id: try segment.ids.id(of: document),
                    length: Int(UInt32(truncatingIfNeeded: length)))
                try write(record.encoded(), to: output)
            }
        }
    }

    /// Writes a message after its length.
    private func write(_ message: ByteWriter, to output: ([UInt8]) throws -> Void) throws {
        guard message.count <= Int(Int32.max) else {
            throw InputError(
                source: reader.path, problem: "a list of \(message.count) bytes is too long for a protobuf message",
                remedy: "export smaller indexes")
        }
        var length = ByteWriter()
        length.appendVarint(message.count)
        try output(length.bytes)
        try output(message.bytes)
    }
}
