import DurableStorage
import NumericKernels
import TextAnalysis

/// A static encoder as other programs keep it: the layout is told by the files.
///
/// - sentence-transformers: `modules.json` with a StaticEmbedding at the root or in a folder of its own, Dense layers (folded into the table),
///   Normalize or not;
/// - model2vec: `model.safetensors` with `embeddings`, `tokenizer.json`;
/// - wordllama: one `.safetensors` in `weights/`, the tokenizer in `tokenizers/`;
/// - one `.safetensors` file alone, with a tokenizer given beside it.
///
/// Vectors are scaled to length 1 whether the folder says Normalize or not; cosines are the same.
public enum StaticFolder {
    /// Reads an encoder; `tokenizer` replaces that of the folder.
    ///
    /// Throws `StorageError` where files are missing, damaged or of a kind that is not static, `SubwordError` for a tokenizer that cannot be read.
    public static func read(_ path: String, tokenizer given: SubwordPipeline? = nil, threads: Int = 1) throws
        -> StaticEncoder
    {
        if path.hasSuffix(".safetensors") {
            guard let given else {
                throw StorageError.incompatible(
                    file: path, reason: "a table alone has no tokenizer",
                    remedy: "give the one it was made with beside it")
            }
            let file = try SafetensorsFile(path: path)
            return try encoder(StaticTable(file, threads: threads), given, file: file.name)
        }
        let root = try FileSystemDirectory(path: path)
        let names = try root.list()
        let modules = names.contains(ModuleList.fileName) ? try ModuleList(in: root) : nil
        let folder = try subfolder(modules?.table ?? "", of: root)
        let file = try SafetensorsFile(try tableFile(in: folder))
        let tokenizer = try given ?? TokenizerFolder.read(folder, or: names.contains("tokenizers") ? "tokenizers" : nil)
        var table = try StaticTable(file, threads: threads)
        for layer in modules?.layers ?? [] {
            table.rows = try DenseLayer(in: subfolder(layer, of: root), threads: threads)
                .folded(into: table.rows, threads: threads)
        }
        return try encoder(table, tokenizer, file: file.name)
    }

    /// Whether a folder looks like one that can be read here.
    public static func isPresent(at path: String) -> Bool {
        guard let root = try? FileSystemDirectory(path: path), let names = try? root.list() else { return false }
        return names.contains(ModuleList.fileName) || (try? tableFile(in: root)) != nil
    }

    private static func subfolder(_ name: String, of root: FileSystemDirectory) throws -> FileSystemDirectory {
        name.isEmpty ? root : try FileSystemDirectory(path: root.path + "/" + name)
    }

    /// The only safetensors file of a folder, or of its folder `weights`.
    private static func tableFile(in folder: FileSystemDirectory) throws -> MappedFile {
        let names = try folder.list()
        let files = names.filter { $0.hasSuffix(".safetensors") }
        if names.contains(Checkpoint.weights) { return try folder.open(Checkpoint.weights) }
        if files.count == 1 { return try folder.open(files[0]) }
        if files.isEmpty, names.contains("weights") {
            return try tableFile(in: FileSystemDirectory(path: folder.path + "/weights"))
        }
        throw StorageError.incompatible(
            file: folder.path,
            reason: files.isEmpty
                ? "there is no \(Checkpoint.weights)"
                    + (names.contains("pytorch_model.bin") ? " (only pytorch_model.bin)" : "")
                : "there are \(files.count) safetensors files (\(files.prefix(3).joined(separator: ", ")))",
            remedy: "name a folder with the table of a static encoder in \(Checkpoint.weights), or the file itself")
    }

    /// model2vec leaves unknown tokens out of the mean, others do not; a row of zeros leaves a token out of the direction.
    private static func encoder(_ table: StaticTable, _ tokenizer: SubwordPipeline, file: String) throws
        -> StaticEncoder
    {
        var rows = table.rows
        if table.kind == .model2vec, let unknown = tokenizer.unknownID, Int(unknown) < rows.rows {
            rows.withMutableRow(Int(unknown)) { values in for column in values.indices { values[column] = 0 } }
        }
        do {
            return try StaticEncoder(tokenizer: tokenizer, table: rows)
        } catch {
            throw StorageError.incompatible(
                file: file, reason: error.description, remedy: "table and tokenizer must be of one model")
        }
    }
}
