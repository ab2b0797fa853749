import DurableStorage
import RetrievalData
import TextAnalysis

/// Builds one segment from a stream of documents; its files have the same bytes whatever the threads, the batches, and the memory.
final class SegmentBuilder {
    /// About what the caches of an analyzer take, and the documents that wait for it.
    private static let threadMemory = 8 << 20

    private let files: SegmentFiles
    private let memory: Int
    private let queue: WorkQueue
    private let fields: [FieldBuilder]
    private var parts = SegmentParts()
    private let storeText: Bool
    private var texts: TextStoreWriter?
    private let columns: ColumnsBuilder

    init(_ files: SegmentFiles, analyzer: Analyzer, storeText: Bool, memory: Int) {
        self.files = files
        self.memory = memory
        let queue = WorkQueue(threads: files.threads)
        self.queue = queue
        fields = files.fields.map { FieldBuilder($0, files, analyzer: analyzer, queue: queue) }
        self.storeText = storeText
        columns = ColumnsBuilder(files.directory, segment: files.name, memory: max(memory / 16, 1 << 16))
    }

    /// The writer of the stored text, which creates its file at the first use.
    private func textWriter() throws -> TextStoreWriter? {
        if storeText, texts == nil {
            texts = try TextStoreWriter(
                files.directory, IndexFormat.fileName(segment: files.name, suffix: "texts"), queue: queue)
        }
        return texts
    }

    /// The number of documents added so far.
    var documentCount: Int { parts.idOffsets.count - 1 }

    /// Adds documents after those that were added before; they are analysed while the caller goes on.
    func add(_ documents: [Document]) throws {
        let base = documentCount
        try addIDs(documents)
        for field in fields { field.add(documents, firstDocument: base) }
        try textWriter()?.add(documents)
        try columns.add(documents)
        for field in fields { field.collect() }
        // Ids and the threads' caches have their part of the memory, but never so much of it that runs become small.
        let rest = memory - parts.memory - files.threads * Self.threadMemory
        let limit = max(rest, memory / 4, min(memory, Self.threadMemory))
        if fields.reduce(0, { $0 + $1.memory }) > limit { try spill() }
    }

    /// Takes over all chunks.
    private func collectAll() {
        queue.drain()
        for field in fields { field.collect() }
    }

    private func addIDs(_ documents: [Document]) throws {
        if documentCount + documents.count > IndexFormat.maximumDocumentCount {
            throw Self.problem(
                "more than \(IndexFormat.maximumDocumentCount) documents", "build several indexes")
        }
        for document in documents {
            let id = document.id
            if id.utf8.isEmpty {
                throw Self.problem("document \(parts.idOffsets.count) has an empty id", "give every document an id")
            }
            if id.utf8.count > IndexFormat.maximumIDLength {
                throw Self.problem(
                    "the id '\(id.prefix(40))…' is longer than \(IndexFormat.maximumIDLength) bytes", "shorten it")
            }
            let size = document.title.utf8.count + document.text.utf8.count + (document.metadata?.utf8.count ?? 0)
            if size > IndexFormat.maximumTextBlock / 2 {
                throw Self.problem("document '\(id)' has \(size) bytes", "split documents above 128 MiB")
            }
            parts.idBytes.append(contentsOf: id.utf8)
            parts.idOffsets.append(parts.idBytes.count)
        }
    }

    private static func problem(_ problem: String, _ remedy: String) -> InputError {
        InputError(source: "<documents>", problem: problem, remedy: remedy)
    }

    /// Writes the postings in memory aside.
    private func spill() throws {
        collectAll()
        for field in fields { try field.spill() }
    }

    /// Completes the segment and makes its files durable.
    ///
    /// Throws `InputErrors` that name up to 20 ids that occur twice.
    func finish() throws -> Manifest.Segment {
        collectAll()
        var segment = try files.write(
            parts, lengths: fields.map(\.lengths), texts: textWriter(), order: Self.orderOfUniqueIDs
        ) { try fields[$0].write(to: $1) }
        (segment.columns, segment.metadataCount) = try columns.finish()
        for field in fields { try field.deleteRuns() }
        return segment
    }

    /// The documents in code order of their ids; throws where an id occurs twice.
    @Sendable
    static func orderOfUniqueIDs(_ parts: SegmentParts) throws -> [UInt32] {
        let order = parts.orderOfIDs()
        var errors = InputErrors()
        for place in order.indices.dropFirst() {
            let (first, second) = (Int(order[place - 1]), Int(order[place]))
            if !parts.haveSameID(first, second) { continue }
            let id = parts.id(second)
            let error = problem(
                "document \(second + 1) has the id '\(String(decoding: id, as: UTF8.self))' of document \(first + 1)",
                "give every document an id of its own")
            if !errors.add(error) { break }
        }
        try errors.throwIfAny()
        return order
    }
}
