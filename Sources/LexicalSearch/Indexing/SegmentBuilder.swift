import DurableStorage
import RetrievalData
import TextAnalysis

/// Builds one segment from a stream of documents; its files have the same bytes whatever the threads, the batches, and the memory.
final class SegmentBuilder {
    /// Documents that one thread analyses at a time.
    private static let chunkSize = 64

    private let files: SegmentFiles
    private let analyzer: Analyzer
    private let memory: Int
    private let queue: WorkQueue
    private var inverters: [DocumentInverter]
    /// The bytes of each inverter's terms as far as is known.
    private var inverterMemory: [Int]
    private var chunks: [InvertedChunk] = []
    private var chunkMemory = 0
    /// Chunks that are being inverted, in the order of their documents.
    private var pending: [JobResult<InvertedChunk>] = []
    private var parts = SegmentParts()
    private let storeText: Bool
    private var texts: TextStoreWriter?
    private let columns: ColumnsBuilder
    private var runs: [String] = []

    init(_ files: SegmentFiles, analyzer: Analyzer, storeText: Bool, memory: Int) {
        self.files = files
        self.analyzer = analyzer
        self.memory = memory
        queue = WorkQueue(threads: files.threads)
        inverters = (0..<files.threads).map { DocumentInverter(number: $0, analyzer: analyzer) }
        inverterMemory = inverters.map(\.memory)
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
        for start in stride(from: 0, to: documents.count, by: Self.chunkSize) {
            let chunk = documents[start..<min(start + Self.chunkSize, documents.count)]
            let result = JobResult<InvertedChunk>()
            pending.append(result)
            nonisolated(unsafe) let inverters = inverters
            queue.submit { result.put(inverters[$0].invert(chunk, firstDocument: base + start)) }
        }
        try textWriter()?.add(documents)
        try columns.add(documents)
        collect()
        // Sorting needs the postings a second time, and the terms once more.
        if chunkMemory + inverterMemory.reduce(0, { $0 + 2 * $1 }) > memory { try spill() }
    }

    /// Takes over the chunks that are ready, as far as none before them is missing.
    private func collect() {
        var ready = 0
        while ready < pending.count, let chunk = pending[ready].result {
            parts.lengths.append(contentsOf: chunk.lengths)
            chunkMemory += chunk.memory
            inverterMemory[chunk.inverter] = max(inverterMemory[chunk.inverter], chunk.inverterMemory)
            chunks.append(chunk)
            ready += 1
        }
        pending.removeFirst(ready)
    }

    /// Takes over all chunks.
    private func collectAll() {
        queue.drain()
        collect()
    }

    private func addIDs(_ documents: [Document]) throws {
        if documentCount + documents.count > IndexFormat.maximumDocumentCount {
            throw problem(
                "more than \(IndexFormat.maximumDocumentCount) documents", "build several indexes with --shard")
        }
        for document in documents {
            let id = document.id
            if id.utf8.isEmpty {
                throw problem("document \(parts.idOffsets.count) has an empty id", "give every document an id")
            }
            if id.utf8.count > IndexFormat.maximumIDLength {
                throw problem(
                    "the id '\(id.prefix(40))…' is longer than \(IndexFormat.maximumIDLength) bytes", "shorten it")
            }
            let size = document.title.utf8.count + document.text.utf8.count + (document.metadata?.utf8.count ?? 0)
            if size > IndexFormat.maximumTextBlock / 2 {
                throw problem("document '\(id)' has \(size) bytes", "split documents above 128 MiB")
            }
            parts.idBytes.append(contentsOf: id.utf8)
            parts.idOffsets.append(parts.idBytes.count)
        }
    }

    private func problem(_ problem: String, _ remedy: String) -> InputError {
        InputError(source: "<documents>", problem: problem, remedy: remedy)
    }

    /// Writes the postings in memory aside as a run.
    private func spill() throws {
        collectAll()
        if chunks.isEmpty { return }
        let batch = ChunkSorter.sort(chunks, inverters: inverters, threads: files.threads)
        chunks = []
        chunkMemory = 0
        inverters = (0..<files.threads).map { DocumentInverter(number: $0, analyzer: analyzer) }
        inverterMemory = inverters.map(\.memory)
        let name = "run-\(runs.count + 1)"
        runs.append(name)
        try PostingRun.write(batch, files.directory, name)
    }

    /// Completes the segment and makes its files durable.
    ///
    /// Throws `InputErrors` that name up to 20 ids that occur twice.
    func finish() throws -> Manifest.Segment {
        collectAll()
        let order = parts.orderOfIDs()
        try refuseDuplicates(order)
        var segment = try files.write(parts, order: order, texts: textWriter()) { try writePostings(to: $0) }
        (segment.columns, segment.metadataCount) = try columns.finish()
        for run in runs { try files.directory.delete(run) }
        return segment
    }

    private func writePostings(to writer: PostingsWriter) throws {
        if runs.isEmpty {
            let batch = ChunkSorter.sort(chunks, inverters: inverters, threads: files.threads)
            chunks = []
            inverters = []
            try writer.add(batch)
        } else {
            try spill()
            var merger = PostingRunMerger(try runs.map { try PostingRunReader(files.directory, $0) })
            try merger.forEachBatch { try writer.add($0) }
        }
    }

    private func refuseDuplicates(_ order: [UInt32]) throws {
        var errors = InputErrors()
        for place in order.indices.dropFirst() {
            let (first, second) = (Int(order[place - 1]), Int(order[place]))
            let id = parts.id(second)
            if parts.id(first) != id { continue }
            let error = problem(
                "document \(second + 1) has the id '\(String(decoding: id, as: UTF8.self))' of document \(first + 1)",
                "give every document an id of its own")
            if !errors.add(error) { break }
        }
        try errors.throwIfAny()
    }
}
