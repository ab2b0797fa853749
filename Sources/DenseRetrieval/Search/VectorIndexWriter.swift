import DurableStorage
import NumericKernels
import RetrievalData

/// Writes a vector folder: `vectors.safetensors` (tensor `vectors`, one row a document), `ids.txt` (one id a line), `decoy.json`.
///
/// Nothing is at the path before `finish()`; without it nothing stays. Same model, options and documents in the same order give the same
/// bytes.
public final class VectorIndexWriter {
    static let vectors = "vectors.safetensors"
    static let ids = "ids.txt"

    private let folder: FolderReplacement
    private let encoder: StaticEncoder
    private var record: VectorRecord
    private let tensors: [VectorTensor]
    /// The new rows of each tensor, written aside until their number is known.
    private let scratch: [any OutputFile]
    private var added: [DocumentID] = []
    private var known: Set<DocumentID> = []

    /// Begins a vector folder for a model's document vectors.
    public init(
        path: String, model: DualEncoder, program: String = "", overwrite: Bool = false,
        precision: VectorPrecision = .f32
    ) throws {
        folder = try FolderReplacement(path: path, overwrite: overwrite)
        encoder = model.documentEncoder
        record = VectorRecord(
            program: program, dimension: model.dimension, precision: precision, model: model.identity())
        tensors = precision.tensors(dimension: record.dimension)
        let directory = folder.directory
        scratch = try tensors.map { try directory.create(Self.scratchName($0)) }
        guard record.dimension <= precision.mostDimensions else {
            throw StorageError.incompatible(
                file: path, reason: "the vectors have \(record.dimension) dimensions",
                remedy: "precision \(precision.rawValue) keeps at most \(precision.mostDimensions): choose another")
        }
    }

    /// The number of documents so far.
    public var count: Int { added.count }

    /// Encodes documents and adds them.
    ///
    /// Throws `InputError` for an id that was added before or cannot stand on a line, and for a vector with values that are no numbers.
    /// After an error the writer is of no further use.
    public func add(_ documents: [Document], threads: Int = 1) throws {
        for document in documents {
            guard !document.id.isEmpty, !document.id.utf8.contains(UInt8(ascii: "\n")) else {
                throw InputError(
                    source: "documents", problem: "the id \(JSONText.quoted(document.id)) is empty or has a line feed",
                    remedy: "give each document an id of one line")
            }
            guard known.insert(document.id).inserted else {
                throw InputError(
                    source: "documents", problem: "two documents have the id \(document.id)",
                    remedy: "ids must be unique")
            }
            added.append(document.id)
        }
        let rows = encoder.encodeRows(documents.map(\.contents), threads: threads)
        if let row = StoredRows.f32(rows.window).firstRowNotFinite(threads: threads) {
            throw InputError(
                source: "documents", problem: "the vector of \(documents[row].id) has values that are no numbers",
                remedy: "the model is damaged; train it again")
        }
        try record.precision.encode(rows) { try scratch[$0].write($1) }
    }

    /// Completes the folder and puts it into place.
    public func finish() throws -> VectorRecord {
        for file in scratch { try file.close() }
        record.rows = added.count
        var output = try RecordedFile(Self.vectors, in: folder.directory)
        try output.write(SafetensorsWriter.header(tensors.map { ($0.name, $0.type, $0.shape(record.rows)) }))
        for tensor in tensors {
            let name = Self.scratchName(tensor)
            let rows = try folder.directory.open(name)
            rows.willReadSequentially(true)
            try output.copy(rows.view)
            try folder.directory.delete(name)
        }
        record.files[Self.vectors] = try output.finish()
        var lines = try RecordedFile(Self.ids, in: folder.directory)
        for start in stride(from: 0, to: added.count, by: 4096) {
            let ids = added[start..<min(start + 4096, added.count)]
            try lines.write(Array(ids.map { $0 + "\n" }.joined().utf8))
        }
        record.files[Self.ids] = try lines.finish()
        _ = try RecordedFile.write(DecoyRecord.text(record), to: DecoyRecord.fileName, in: folder.directory)
        try folder.commit()
        return record
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
