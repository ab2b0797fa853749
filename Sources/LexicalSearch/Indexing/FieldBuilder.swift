import CKernels
import RetrievalData
import TextAnalysis

/// Builds what belongs to one field of a segment: inverts documents on all threads and holds their postings until they are written.
///
/// The segment's builder drains the queue before it wants everything that was added.
final class FieldBuilder {
    /// Documents that one thread analyses at a time.
    private static let chunkSize = 64

    private let name: String
    private let files: SegmentFiles
    private let analyzer: Analyzer
    private let queue: WorkQueue
    private var inverters: [DocumentInverter]
    /// The bytes of each inverter's terms as far as is known.
    private var inverterMemory: [Int]
    private var chunks: [InvertedChunk] = []
    private var chunkMemory = 0
    /// Chunks that are being inverted, in the order of their documents.
    private var pending: [JobResult<InvertedChunk>] = []
    private var runs: [String] = []
    /// The length of each document in terms, as far as chunks were collected.
    private(set) var lengths: [UInt32] = []

    init(_ name: String, _ files: SegmentFiles, analyzer: Analyzer, queue: WorkQueue) {
        self.name = name
        self.files = files
        self.analyzer = analyzer
        self.queue = queue
        inverters = []
        inverterMemory = []
        makeInverters()
    }

    private func makeInverters() {
        let source = FieldSource(field: name)
        inverters = (0..<files.threads).map {
            DocumentInverter(
                number: $0, analyzer: analyzer, source: source, recordsPositions: files.storesPositions)
        }
        inverterMemory = inverters.map(\.memory)
    }

    /// The bytes that the postings collected so far need: sorting needs the postings a second time, and the terms once more.
    var memory: Int { chunkMemory + 2 * inverterMemory.reduce(0, +) + 4 * lengths.count }

    /// Adds documents, the first of which has the given number; they are analysed while the caller goes on.
    func add(_ documents: [Document], firstDocument: Int) {
        for start in stride(from: 0, to: documents.count, by: Self.chunkSize) {
            let chunk = documents[start..<min(start + Self.chunkSize, documents.count)]
            let result = JobResult<InvertedChunk>()
            pending.append(result)
            nonisolated(unsafe) let inverters = inverters
            queue.submit { result.put(inverters[$0].invert(chunk, firstDocument: firstDocument + start)) }
        }
    }

    /// Takes over the chunks that are ready, as far as none before them is missing.
    func collect() {
        var ready = 0
        while ready < pending.count, let chunk = pending[ready].result {
            lengths.append(contentsOf: chunk.lengths)
            chunkMemory += chunk.memory
            inverterMemory[chunk.inverter] = max(inverterMemory[chunk.inverter], chunk.inverterMemory)
            chunks.append(chunk)
            ready += 1
        }
        pending.removeFirst(ready)
    }

    /// Writes the collected postings aside as a run; no chunk may be under way.
    func spill() throws {
        if chunks.isEmpty { return }
        let batch = ChunkSorter.sort(chunks, inverters: inverters, threads: files.threads)
        chunks = []
        chunkMemory = 0
        makeInverters()
        let run = IndexFormat.runName(field: name, number: runs.count + 1)
        runs.append(run)
        try PostingRun.write(batch, files.directory, run)
        ck_give_back_memory()
    }

    /// Hands all postings to the writer of the segment's; nothing can be added after that.
    func write(to writer: PostingsWriter) throws {
        if runs.isEmpty {
            let batch = ChunkSorter.sort(chunks, inverters: inverters, threads: files.threads)
            chunks = []
            inverters = []
            try writer.add(batch)
        } else {
            try spill()
            var merger = PostingRunMerger(
                try runs.map { try PostingRunReader(files.directory, $0, positions: files.storesPositions) },
                positions: files.storesPositions)
            try merger.forEachBatch { try writer.add($0) }
        }
    }

    /// Deletes the runs, once the segment is written.
    func deleteRuns() throws {
        for run in runs { try files.directory.delete(run) }
    }
}
