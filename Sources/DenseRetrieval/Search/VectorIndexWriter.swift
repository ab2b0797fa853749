import DurableStorage
import NumericKernels
import RetrievalData

/// Writes a vector folder: `vectors.safetensors` (tensor `vectors`, one row a document), `ids.txt` (one id a line), `decoy.json`,
/// and `graph.safetensors` where a graph for approximate search is wanted.
///
/// Nothing changes at the path before `finish()`, and without it nothing stays. Same model, options and documents in the same order give
/// the same bytes, whether they came at once or in several changes. For one thread at a time.
public final class VectorIndexWriter {
    /// What becomes of a document whose id is in the folder that is changed.
    public enum Change: Sendable, Hashable {
        /// It is refused.
        case append
        /// It takes the place of the one of that id.
        case update
    }

    static let vectors = "vectors.safetensors"
    static let ids = "ids.txt"

    private let folder: FolderReplacement
    private let encoder: TextEncoder
    private let base: FlatVectorIndex?
    private let change: Change
    private var record: VectorRecord
    private let tensors: [VectorTensor]
    /// The new rows of each tensor, written aside until their number is known.
    private let scratch: [any OutputFile]
    private var added: [DocumentID] = []
    private var known: Set<DocumentID> = []
    private var order: RowOrder
    private var intake: ShardIntake

    /// Begins a vector folder for a model's document vectors; of a shard only its documents get one.
    ///
    /// With a `dimension` less than the model's, vectors are cut to their first numbers and scaled to length 1 again. Throws
    /// `StorageError.incompatible` where the model or the precision cannot have the dimension, or vectors of bytes a graph.
    public convenience init(
        path: String, model: DualEncoder, program: String = "", overwrite: Bool = false,
        precision: VectorPrecision = .f32, dimension: Int? = nil, graph: GraphRecord? = nil,
        shard: Shard? = nil
    ) throws {
        var record = VectorRecord(
            program: program, dimension: dimension ?? model.dimension, precision: precision,
            products: model.documentEncoder.precision, graph: graph, model: model.identity())
        guard (1...model.dimension).contains(record.dimension) else {
            throw StorageError.incompatible(
                file: path, reason: "vectors of \(record.dimension) dimensions were asked for",
                remedy: "the model's have \(model.dimension): give 1 to \(model.dimension)")
        }
        guard record.dimension <= precision.mostDimensions else {
            throw StorageError.incompatible(
                file: path, reason: "the vectors have \(record.dimension) dimensions",
                remedy: "precision \(precision.rawValue) keeps at most \(precision.mostDimensions): choose another")
        }
        guard graph == nil || precision != .i8 else {
            throw StorageError.incompatible(
                file: path, reason: "a graph was asked for vectors of bytes, which it would not read",
                remedy: "choose precision f16 or f32, or no graph")
        }
        if let graph {
            guard GraphRecord.linkRange.contains(graph.links), GraphRecord.breadthRange.contains(graph.buildBreadth)
            else {
                throw StorageError.incompatible(
                    file: path,
                    reason: "a graph of \(graph.links) links and breadth \(graph.buildBreadth) was asked for",
                    remedy: "give \(GraphRecord.linkRange) links and a breadth of \(GraphRecord.breadthRange)")
            }
        }
        if let shard { record.shard = ShardRecord(shard: shard, inputs: "", options: try record.optionsDigest) }
        let folder = try FolderReplacement(path: path, overwrite: overwrite)
        try self.init(
            folder, model.documentEncoder, record, base: nil, change: .append, intake: ShardIntake(new: record.shard))
    }

    /// Begins a change of the vector folder at a path, which keeps its precision and dimension; a graph is built anew.
    ///
    /// The vectors of a shard are given the changes of all; `ShardError` where `shard` is not their own.
    /// Throws `StorageError.notFound` where there is none, `.incompatible` where another model made it, `.corrupt` where a byte of it is
    /// not what was written.
    public convenience init(
        opening path: String, change: Change, model: DualEncoder, program: String = "", shard: Shard? = nil
    ) throws {
        _ = try FileSystemDirectory(path: path)
        let folder = try FolderReplacement(path: path, overwrite: true)
        let base = try FlatVectorIndex(path: path)
        guard base.record.model == model.identity(), base.dimension <= model.dimension else {
            throw StorageError.incompatible(
                file: path, reason: "the vectors were made by another model",
                remedy: "encode the corpus with this model")
        }
        let intake = try ShardIntake(changing: base.record.shard, named: shard, path: path)
        try base.verify()
        var record = VectorRecord(
            program: program, dimension: base.dimension, precision: base.record.precision,
            products: base.record.products,
            graph: base.record.graph.map { GraphRecord(links: $0.links, buildBreadth: $0.buildBreadth) },
            model: base.record.model)
        record.shard = base.record.shard
        let same = try model.configured(precision: base.record.products ?? .float32)
        try self.init(folder, same.documentEncoder, record, base: base, change: change, intake: intake)
    }

    private init(
        _ folder: FolderReplacement, _ encoder: TextEncoder, _ record: VectorRecord, base: FlatVectorIndex?,
        change: Change, intake: ShardIntake
    ) throws {
        self.intake = intake
        self.folder = folder
        self.encoder = encoder
        self.record = record
        self.base = base
        self.change = change
        order = RowOrder(kept: base?.count ?? 0)
        tensors = record.precision.tensors(dimension: record.dimension)
        scratch = try tensors.map { try folder.directory.create(Self.scratchName($0)) }
    }

    /// The number of documents that were added so far.
    public var count: Int { added.count }

    /// How many of them replace one of their id.
    public var replacedCount: Int { order.replacedCount }

    /// Encodes documents and adds them.
    ///
    /// Throws `InputError` for an id that was added before or cannot stand on a line, and for a vector with values that are no numbers;
    /// `InputErrors` that name up to 20 ids which are in the folder already, unless documents replace those of their id. After an error
    /// the writer is of no further use.
    public func add(_ documents: [Document], threads: Int = 1) throws {
        let documents = try intake.own(documents, as: change == .update ? "update" : "append")
        if documents.isEmpty { return }
        var errors = InputErrors()
        for document in documents {
            try check(document.id)
            let row = base?.ids.row(of: document.id)
            if row != nil, change == .append {
                let error = InputError(
                    source: folder.path, problem: "the vectors already hold a document '\(document.id)'",
                    remedy: "update the vectors to replace it, or give the document another id")
                if !errors.add(error) { throw errors }
            }
            order.add(replacing: row)
            added.append(document.id)
        }
        try errors.throwIfAny()
        let rows = encoder.encodeRows(
            documents.map(\.contents), as: .document, dimension: record.dimension, threads: threads)
        if let row = StoredRows.f32(rows.window).firstRowNotFinite(threads: threads) {
            throw InputError(
                source: "documents", problem: "the vector of \(documents[row].id) has values that are no numbers",
                remedy: "the model is damaged; train it again")
        }
        try record.precision.encode(rows) { try scratch[$0].write($1) }
    }

    private func check(_ id: DocumentID) throws {
        guard !id.isEmpty, !id.utf8.contains(UInt8(ascii: "\n")) else {
            throw InputError(
                source: "documents", problem: "the id \(JSONText.quoted(id)) is empty or has a line feed",
                remedy: "give each document an id of one line")
        }
        guard known.insert(id).inserted else {
            throw InputError(
                source: "documents", problem: "two documents have the id \(id)", remedy: "ids must be unique")
        }
    }

    /// Completes the folder and puts it into place; `progress` is told how many vectors are in the graph, if one is built.
    public func finish(progress: (Int) -> Void = { _ in }) throws -> VectorRecord {
        for file in scratch { try file.close() }
        record.rows = order.count
        record.shard = intake.outcome
        var output = try RecordedFile(Self.vectors, in: folder.directory)
        try output.write(SafetensorsWriter.header(tensors.map { ($0.name, $0.type, $0.shape(record.rows)) }))
        for (part, tensor) in tensors.enumerated() {
            let fresh = try folder.directory.open(Self.scratchName(tensor)).view
            for run in order.runs {
                guard let source = run.isNew ? fresh : base?.parts[part] else { continue }
                try output.copy(
                    source.view(offset: run.rows.lowerBound * tensor.stride, count: run.rows.count * tensor.stride))
            }
            try folder.directory.delete(Self.scratchName(tensor))
        }
        record.files[Self.vectors] = try output.finish()
        record.files[Self.ids] = try writeIDs()
        if var graph = record.graph {
            let rows = try VectorFile(folder.directory.open(Self.vectors), record).rows
            record.files[GraphFile.name] = try GraphFile.write(rows, &graph, in: folder.directory, progress: progress)
            record.graph = graph
        }
        _ = try RecordedFile.write(DecoyRecord.text(record), to: DecoyRecord.fileName, in: folder.directory)
        try folder.commit()
        return record
    }

    private func writeIDs() throws -> FileRecord {
        var output = try RecordedFile(Self.ids, in: folder.directory)
        for run in order.runs {
            if !run.isNew {
                if let lines = try base?.ids.lines(run.rows) { try output.copy(lines) }
                continue
            }
            for start in stride(from: run.rows.lowerBound, to: run.rows.upperBound, by: 4096) {
                let ids = added[start..<min(start + 4096, run.rows.upperBound)]
                try output.write(Array(ids.map { $0 + "\n" }.joined().utf8))
            }
        }
        return try output.finish()
    }

    private static func scratchName(_ tensor: VectorTensor) -> String { tensor.name + ".partial" }
}

extension RecordedFile {
    /// Appends bytes of a mapped file, piece by piece.
    fileprivate mutating func copy(_ bytes: ByteView) throws {
        let piece = 1 << 22
        var start = 0
        while start < bytes.count {
            let count = min(piece, bytes.count - start)
            try bytes.view(offset: start, count: count).withUnsafeBytes { try write($0) }
            start += count
        }
    }
}
