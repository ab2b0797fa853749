import DurableStorage
import NumericKernels
import RetrievalData

/// Writes a vector folder: `vectors.safetensors` (tensor `vectors`, one row a document), `ids.txt` (one id a line), `decoy.json`.
///
/// Nothing is at the path before `finish()`; without it nothing stays. Same model and documents in the same order give the same bytes.
public final class VectorIndexWriter {
    static let vectors = "vectors.safetensors"
    static let ids = "ids.txt"
    static let tensor = "vectors"
    private static let scratch = "rows.partial"

    private let folder: FolderReplacement
    private let encoder: StaticEncoder
    private var record: VectorRecord
    private let rowFile: any OutputFile
    private var idFile: RecordedFile
    private var known: Set<DocumentID> = []

    /// Begins a vector folder for a model's document vectors.
    public init(path: String, model: DualEncoder, program: String = "", overwrite: Bool = false) throws {
        folder = try FolderReplacement(path: path, overwrite: overwrite)
        encoder = model.documentEncoder
        record = VectorRecord(program: program, dimension: model.dimension, model: model.identity())
        rowFile = try folder.directory.create(Self.scratch)
        idFile = try RecordedFile(Self.ids, in: folder.directory)
    }

    /// The number of documents so far.
    public var count: Int { record.rows }

    /// Encodes documents and adds them; throws `InputError` for an id that was added before or cannot stand on a line.
    public func add(_ documents: [Document], threads: Int = 1) throws {
        var text = ""
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
            text += document.id + "\n"
        }
        let rows = encoder.encodeRows(documents.map(\.contents), threads: threads)
        try rows.withBytes { try rowFile.write($0) }
        try idFile.write(Array(text.utf8))
        record.rows += documents.count
    }

    /// Completes the folder and puts it into place.
    public func finish() throws -> VectorRecord {
        try rowFile.close()
        record.files[Self.ids] = try idFile.finish()
        var output = try RecordedFile(Self.vectors, in: folder.directory)
        try output.write(SafetensorsWriter.header(tensor: Self.tensor, rows: record.rows, columns: record.dimension))
        let rows = try folder.directory.open(Self.scratch)
        rows.willReadSequentially(true)
        let piece = 1 << 22
        var start = 0
        while start < rows.count {
            let count = min(piece, rows.count - start)
            try rows.view(offset: start, count: count).withUnsafeBytes { try output.write($0) }
            start += count
        }
        record.files[Self.vectors] = try output.finish()
        try folder.directory.delete(Self.scratch)
        _ = try RecordedFile.write(DecoyRecord.text(record), to: DecoyRecord.fileName, in: folder.directory)
        try folder.commit()
        return record
    }
}
