import DurableStorage
import RetrievalData
import TextAnalysis

/// Builds a new index from a stream of documents; nothing is to be seen of it before `commit()`.
///
/// The files have the same bytes for the same documents in the same order, whatever the number of threads, the batches, and the memory.
/// For one thread at a time.
public final class IndexWriter {
    /// Documents that one thread analyses at a time.
    private static let chunkSize = 64

    private let directory: any Directory
    private let replacement: FolderReplacement?
    private let lock: DirectoryLock
    private let options: IndexOptions
    private let identity: AnalyzerIdentity
    private let inverterSource: Analyzer
    private var inverters: [DocumentInverter]
    private var chunks: [InvertedChunk] = []
    private var chunkMemory = 0
    private var lengths: [UInt32] = []
    private var idBytes: [UInt8] = []
    private var idOffsets: [Int] = [0]
    private var texts: TextStoreWriter?
    private var runs: [String] = []
    private var isCommitted = false
    private let segmentName: String

    /// A writer for a new index at a path, which appears there whole at the commit.
    ///
    /// Throws `StorageError.alreadyExists` where the folder is there and not empty, unless `overwrite`.
    public convenience init(path: String, options: IndexOptions = IndexOptions(), overwrite: Bool = false) throws {
        let replacement = try FolderReplacement(path: path, overwrite: overwrite)
        try self.init(directory: replacement.directory, options: options, replacement: replacement)
    }

    /// A writer for a new index in a directory that holds none.
    public convenience init(directory: any Directory, options: IndexOptions = IndexOptions()) throws {
        try self.init(directory: directory, options: options, replacement: nil)
    }

    init(
        directory: any Directory, options: IndexOptions, replacement: FolderReplacement?,
        segmentName: String = "segment-1"
    ) throws {
        let analyzer = try Analyzer(options.analyzer)
        lock = try directory.lock(IndexFormat.lockName)
        let names = try directory.list()
        if names.contains(IndexFormat.manifestName) { throw StorageError.alreadyExists(path: directory.path) }
        for name in names where Self.isLeftover(name) { try directory.delete(name) }
        self.directory = directory
        self.replacement = replacement
        self.options = options
        self.segmentName = segmentName
        identity = analyzer.identity
        inverterSource = analyzer
        inverters = (0..<options.threads).map { DocumentInverter(number: $0, analyzer: analyzer) }
        if options.storeText {
            texts = try TextStoreWriter(
                directory, IndexFormat.fileName(segment: segmentName, suffix: "texts"), threads: options.threads)
        }
    }

    /// Whether a file was left by a writer that did not get to its commit.
    private static func isLeftover(_ name: String) -> Bool {
        name.hasPrefix("segment-") || name.hasPrefix("run-") || name == IndexFormat.manifestName + ".partial"
    }

    /// The number of documents added so far.
    public var documentCount: Int { lengths.count }

    /// Adds documents after those that were added before.
    ///
    /// After an error the writer is of no further use.
    public func add(_ documents: [Document]) throws {
        precondition(!isCommitted, "no document is added after the commit")
        try addIDs(documents)
        let base = lengths.count
        let chunkCount = (documents.count + Self.chunkSize - 1) / Self.chunkSize
        var inverted = [InvertedChunk](repeating: InvertedChunk(inverter: 0, firstDocument: 0), count: chunkCount)
        inverted.withUnsafeMutableBufferPointer { inverted in
            nonisolated(unsafe) let inverted = inverted
            nonisolated(unsafe) let inverters = inverters
            Parallel.forEach(chunkCount, threads: options.threads) { chunk, thread in
                let start = chunk * Self.chunkSize
                let end = min(start + Self.chunkSize, documents.count)
                inverted[chunk] = inverters[thread].invert(documents[start..<end], firstDocument: base + start)
            }
        }
        for chunk in inverted {
            lengths.append(contentsOf: chunk.lengths)
            chunkMemory += 4 * chunk.words.count + 8 * chunk.postingCount + 12 * chunk.lengths.count
        }
        chunks.append(contentsOf: inverted)
        try texts?.add(documents)
        // Sorting needs the postings a second time, and the terms once more.
        if chunkMemory + inverters.reduce(0, { $0 + 2 * $1.memory }) > options.memory { try spill() }
    }

    private func addIDs(_ documents: [Document]) throws {
        if lengths.count + documents.count > IndexFormat.maximumDocumentCount {
            throw problem(
                "more than \(IndexFormat.maximumDocumentCount) documents", "build several indexes with --shard")
        }
        for document in documents {
            let id = document.id
            if id.utf8.isEmpty {
                throw problem("document \(idOffsets.count) has an empty id", "give every document an id")
            }
            if id.utf8.count > IndexFormat.maximumIDLength {
                throw problem(
                    "the id '\(id.prefix(40))…' is longer than \(IndexFormat.maximumIDLength) bytes", "shorten it")
            }
            let size = document.title.utf8.count + document.text.utf8.count + (document.metadata?.utf8.count ?? 0)
            if size > IndexFormat.maximumTextBlock / 2 {
                throw problem("document '\(id)' has \(size) bytes", "split documents above 128 MiB")
            }
            idBytes.append(contentsOf: id.utf8)
            idOffsets.append(idBytes.count)
        }
    }

    private func problem(_ problem: String, _ remedy: String) -> InputError {
        InputError(source: "<documents>", problem: problem, remedy: remedy)
    }

    /// Writes the postings in memory aside as a run.
    private func spill() throws {
        if chunks.isEmpty { return }
        let batch = ChunkSorter.sort(chunks, inverters: inverters, threads: options.threads)
        chunks = []
        chunkMemory = 0
        inverters = (0..<options.threads).map { DocumentInverter(number: $0, analyzer: inverterSource) }
        let name = "run-\(runs.count + 1)"
        runs.append(name)
        try PostingRun.write(batch, directory, name)
    }

    /// Completes the index and makes it durable and visible.
    ///
    /// Throws `InputErrors` that name up to 20 ids that occur twice.
    public func commit() throws -> IndexSummary {
        precondition(!isCommitted, "an index is committed once")
        isCommitted = true
        let order = idBytes.withUnsafeBytes { ByteOrder.sortedIndexes(bytes: $0, offsets: idOffsets) }
        try refuseDuplicates(order)
        func name(_ suffix: String) -> String { IndexFormat.fileName(segment: segmentName, suffix: suffix) }
        let total = lengths.reduce(0) { $0 + Int($1) }
        let nonEmpty = lengths.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
        let codes = LengthCodes(of: lengths)
        let postings = try PostingsWriter(
            directory, termsName: name("terms"), postingsName: name("postings"), lengths: lengths, codes: codes,
            averageLength: nonEmpty > 0 ? Double(total) / Double(nonEmpty) : 0, threads: options.threads)
        try writePostings(to: postings)
        let seals = try postings.finish()
        let lengthsSeal = try DocumentLengths.write(lengths, codes: codes, directory, name("lengths"))
        let idsSeal = try DocumentIDTable.write(
            bytes: idBytes, offsets: idOffsets, order: order, directory, name("ids"))
        let textsSeal = try texts?.finish()
        let field = Manifest.Field(
            name: Manifest.contentsField, documentCount: nonEmpty, totalLength: total, termCount: postings.termCount,
            postingCount: postings.postingCount, terms: .init(name: name("terms"), seal: seals.terms),
            postings: .init(name: name("postings"), seal: seals.postings),
            lengths: .init(name: name("lengths"), seal: lengthsSeal))
        let segment = Manifest.Segment(
            name: segmentName, documentCount: lengths.count, fields: [field],
            ids: .init(name: name("ids"), seal: idsSeal),
            texts: textsSeal.map { .init(name: name("texts"), seal: $0) })
        for run in runs { try directory.delete(run) }
        let manifest = Manifest(
            format: Int(IndexFormat.version), generation: 1, analyzer: identity, segments: [segment], nextSegment: 2)
        try manifest.commit(to: directory)
        try replacement?.commit()
        return IndexSummary(manifest)
    }

    private func writePostings(to writer: PostingsWriter) throws {
        if runs.isEmpty {
            let batch = ChunkSorter.sort(chunks, inverters: inverters, threads: options.threads)
            chunks = []
            inverters = []
            try writer.add(batch)
        } else {
            try spill()
            var merger = PostingRunMerger(try runs.map { try PostingRunReader(directory, $0) })
            try merger.forEachBatch { try writer.add($0) }
        }
    }

    private func refuseDuplicates(_ order: [UInt32]) throws {
        func id(_ place: Int) -> ArraySlice<UInt8> {
            idBytes[idOffsets[Int(order[place])]..<idOffsets[Int(order[place]) + 1]]
        }
        var errors = InputErrors()
        for place in order.indices.dropFirst() where id(place - 1) == id(place) {
            let error = problem(
                "document \(order[place] + 1) has the id '\(String(decoding: id(place), as: UTF8.self))' of document \(order[place - 1] + 1)",
                "give every document an id of its own")
            if !errors.add(error) { break }
        }
        try errors.throwIfAny()
    }
}
