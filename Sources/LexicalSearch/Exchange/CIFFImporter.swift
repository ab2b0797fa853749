import DurableStorage
import RetrievalData
import TextAnalysis

/// Makes an index of a file in the Common Index File Format, without texts and positions.
///
/// Source: github.com/osirrc/ciff; `Documentation/formats/ciff.md`. The format says nothing of an analyzer: the one that is named here
/// analyses queries, and documents that are added later.
public enum CIFFImporter {
    /// What was made.
    public struct Outcome: Sendable, Hashable {
        /// What the index holds.
        public var summary: IndexSummary
        /// What the file says of itself.
        public var description: String
        /// The number of documents whose stated length is not the sum of their frequencies; the index has the sum.
        public var differentLengths: Int
    }

    /// Builds the index at a path; `progress` is told how many lists were written so far.
    ///
    /// Reads the file three times, for the ids, the lengths and the lists: memory is that of ids and lengths and one list, whatever the
    /// file claims. Throws `InputErrors` that name the file and the message, and what `IndexWriter` throws.
    public static func build(
        _ file: String, at path: String, analyzer: AnalyzerOptions, threads: Int = 1, overwrite: Bool = false,
        progress: (Int) -> Void = { _ in }
    ) throws -> Outcome {
        let options = IndexOptions(analyzer: analyzer, storeText: false, threads: threads)
        return try build(
            file, by: IndexWriter(path: path, options: options, overwrite: overwrite), progress: progress)
    }

    /// Builds the index in a directory that holds none.
    static func build(_ file: String, in directory: any Directory, analyzer: AnalyzerOptions) throws -> Outcome {
        let options = IndexOptions(analyzer: analyzer, storeText: false)
        return try build(file, by: IndexWriter(directory: directory, options: options)) { _ in }
    }

    private static func build(_ file: String, by writer: IndexWriter, progress: (Int) -> Void) throws -> Outcome {
        let (parts, stated, header) = try records(of: file)
        let lengths = try lengths(of: file, documentCount: parts.count)
        let summary = try writer.commit { files in
            var segment = try files.write(parts, lengths: [lengths], texts: nil, order: { try order(of: $0, in: file) })
            {
                try writeLists(of: file, documentCount: parts.count, to: $1, progress: progress)
            }
            segment.metadataCount = 0
            return segment
        }
        let different = zip(stated, lengths).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        return Outcome(summary: summary, description: header.description, differentLengths: different)
    }

    /// The documents in code order of their ids; throws where an id occurs twice.
    private static func order(of parts: SegmentParts, in file: String) throws -> [UInt32] {
        do {
            return try SegmentBuilder.orderOfUniqueIDs(parts)
        } catch let errors as InputErrors {
            var named = InputErrors()
            for var error in errors.errors {
                error.source = file
                _ = named.add(error)
            }
            throw named
        }
    }

    /// The ids, the lengths that the file states, and the header.
    private static func records(of file: String) throws -> (SegmentParts, [UInt32], CIFFHeader) {
        let reader = try CIFFReader(path: file)
        let header = reader.header
        if header.listCount < header.totalListCount || header.documentCount < header.totalDocumentCount {
            throw reader.problem(
                "header",
                """
                the file holds \(header.listCount) of \(header.totalListCount) lists and \(header.documentCount) of \
                \(header.totalDocumentCount) documents, and an index needs all
                """)
        }
        try reader.skipLists()
        var parts = SegmentParts()
        var lengths: [UInt32] = []
        try reader.forEachDocument { document in
            parts.idBytes.append(contentsOf: document.id.utf8)
            parts.idOffsets.append(parts.idBytes.count)
            lengths.append(UInt32(document.length))
        }
        return (parts, lengths, header)
    }

    /// The documents' lengths as the sums of their frequencies: some programs state rounded ones.
    private static func lengths(of file: String, documentCount: Int) throws -> [UInt32] {
        var lengths = [UInt32](repeating: 0, count: documentCount)
        let reader = try CIFFReader(path: file)
        try reader.forEachList(documentLimit: documentCount) { list in
            for (document, frequency) in zip(list.documents, list.frequencies) {
                let (sum, overflow) = lengths[Int(document)].addingReportingOverflow(frequency)
                if overflow || sum > UInt32(Int32.max) {
                    throw reader.problem("posting list", "document \(document) has more than \(Int32.max) terms")
                }
                lengths[Int(document)] = sum
            }
        }
        return lengths
    }

    private static func writeLists(
        of file: String, documentCount: Int, to writer: PostingsWriter, progress: (Int) -> Void
    ) throws {
        let reader = try CIFFReader(path: file)
        let size = PostingRunMerger.batchSize(positions: false)
        let batch = PostingBatch(capacity: 1)
        var count = 0
        func flush() throws {
            if batch.termCount > 0 { try writer.add(batch) }
            batch.removeAll()
            progress(count)
        }
        try reader.forEachList(documentLimit: documentCount) { list in
            count += 1
            if list.documents.isEmpty { return }
            let start = batch.postingCount
            batch.reserve(list.documents.count)
            for place in list.documents.indices {
                batch.documents[start + place] = list.documents[place]
                batch.frequencies[start + place] = list.frequencies[place]
            }
            batch.starts.append(start + list.documents.count)
            batch.termBytes.append(contentsOf: list.term)
            batch.termOffsets.append(batch.termBytes.count)
            if batch.postingCount >= size { try flush() }
        }
        try flush()
    }
}
