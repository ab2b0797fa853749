import DurableStorage
import NumericKernels
import TextAnalysis

/// Writes and reads model folders, which sentence-transformers loads as they are.
///
/// At the root: `modules.json`, `model.safetensors` (tensor `embedding.weight`), `tokenizer.json`, `config_sentence_transformers.json`,
/// `README.md`, and `decoy.json` for what is ours. With separate towers the root is the document tower and `query_tower/` the query tower
/// in the same form. A transformer has the files it was read with, its weights replaced. Equal models and records give equal bytes; there are no time stamps.
public enum Checkpoint {
    /// The folder of the query tower where the towers are separate.
    static let queryTowerFolder = "query_tower"
    static let weights = "model.safetensors"
    static let tokenizer = "tokenizer.json"
    static let tensor = "embedding.weight"

    /// Writes a model whole or not at all; throws `StorageError.alreadyExists` where something is at the path, unless `overwrite`.
    ///
    /// Towers, identity and files of the record are filled in. Adapters stand in a folder of their own, beside weights that have them merged in.
    public static func write(
        _ model: DualEncoder, record: ModelRecord = ModelRecord(), adapters: AdapterWeights? = nil, to path: String,
        overwrite: Bool = false
    ) throws {
        try FolderReplacement.write(path: path, overwrite: overwrite) { root in
            var record = record
            record.towers = model.towers
            record.identity = model.identity()
            record.files = try write(model.documentEncoder, to: root)
            if model.towers == .separate {
                let folder = try FileSystemDirectory(path: root.path + "/" + queryTowerFolder, create: true)
                for (name, file) in try write(model.queryEncoder, to: folder) {
                    record.files[queryTowerFolder + "/" + name] = file
                }
            }
            if let adapters {
                let folder = try FileSystemDirectory(path: root.path + "/" + AdapterWeights.folder, create: true)
                for (name, file) in try adapters.write(to: folder) {
                    record.files[AdapterWeights.folder + "/" + name] = file
                }
            }
            record.files["README.md"] = try RecordedFile.write(ModelCard.text(model, record), to: "README.md", in: root)
            _ = try RecordedFile.write(DecoyRecord.text(record), to: DecoyRecord.fileName, in: root)
        }
    }

    private static func write(_ encoder: TextEncoder, to folder: FileSystemDirectory) throws -> [String: FileRecord] {
        switch encoder {
        case .table(let table): try write(table, to: folder)
        case .transformer(let transformer): try TransformerFolder.write(transformer, to: folder)
        }
    }

    private static func write(_ encoder: StaticEncoder, to folder: FileSystemDirectory) throws -> [String: FileRecord] {
        var files: [String: FileRecord] = [:]
        files[weights] = try SafetensorsWriter.write(encoder.table, tensor: tensor, to: weights, in: folder)
        files[tokenizer] = try RecordedFile.write(encoder.tokenizer.tokenizerJSON(), to: tokenizer, in: folder)
        files["modules.json"] = try RecordedFile.write(modules, to: "modules.json", in: folder)
        files["config_sentence_transformers.json"] = try RecordedFile.write(
            configuration, to: "config_sentence_transformers.json", in: folder)
        return files
    }

    /// Reads a model folder and checks every file against its record; a folder of another program, which has no `decoy.json`, is read by
    /// ``StaticFolder`` or ``TransformerFolder`` and gets the record of an untrained model.
    public static func read(_ path: String, threads: Int = 1) throws -> (model: DualEncoder, record: ModelRecord) {
        let names = try FileSystemDirectory(path: path).list()
        if names.contains(DecoyRecord.fileName) {
            return try read(path, threads: threads) { try SubwordPipeline(tokenizerJSON: $0) }
        }
        if names.contains(queryTowerFolder) { throw StorageError.notFound(path: path + "/" + DecoyRecord.fileName) }
        let encoder: TextEncoder =
            TransformerFolder.isPresent(at: path)
            ? .transformer(try TransformerFolder.read(path, threads: threads))
            : .table(try StaticFolder.read(path, threads: threads))
        let model = DualEncoder(shared: encoder)
        var record = ModelRecord()
        record.options.dimension = model.dimension
        record.identity = model.identity()
        return (model, record)
    }

    /// Reads a model folder of our own and checks every file against its record.
    ///
    /// `makeTokenizer` gets the bytes of `tokenizer.json`, for a table.
    public static func read(
        _ path: String, threads: Int = 1, makeTokenizer: ([UInt8]) throws -> any SubwordTokenizer
    ) throws -> (model: DualEncoder, record: ModelRecord) {
        let root = try FileSystemDirectory(path: path)
        let record = try DecoyRecord.read(ModelRecord.self, in: root)
        guard record.format == ModelRecord.format, record.version == ModelRecord.version else {
            throw StorageError.incompatible(
                file: root.describe(DecoyRecord.fileName),
                reason: "it is a \(record.format) of version \(record.version)",
                remedy: "this program reads \(ModelRecord.format) of version \(ModelRecord.version)")
        }
        func tower(_ name: String) throws -> TextEncoder {
            let folder = name.isEmpty ? root : try FileSystemDirectory(path: path + "/" + name)
            let prefix = name.isEmpty ? "" : name + "/"
            // Of what kind the tower is stands here, so it comes first.
            try record.files[prefix + ModuleList.fileName]?.verify(try folder.open(ModuleList.fileName))
            guard TransformerFolder.isPresent(at: folder.path) else {
                return .table(try read(folder, prefix: prefix, record, makeTokenizer))
            }
            for (file, known) in record.files where prefix.isEmpty || file.hasPrefix(prefix) {
                if prefix.isEmpty, file.hasPrefix(queryTowerFolder + "/") { continue }
                try known.verify(try root.open(file))
            }
            return .transformer(try TransformerFolder.read(folder.path, threads: threads))
        }
        let document = try tower("")
        switch record.towers {
        case .shared: return (DualEncoder(shared: document), record)
        case .separate:
            return (try DualEncoder(queryEncoder: tower(queryTowerFolder), documentEncoder: document), record)
        }
    }

    private static func read(
        _ folder: FileSystemDirectory, prefix: String, _ record: ModelRecord,
        _ makeTokenizer: ([UInt8]) throws -> any SubwordTokenizer
    ) throws -> StaticEncoder {
        func open(_ name: String) throws -> MappedFile {
            let file = try folder.open(name)
            guard let known = record.files[prefix + name] else {
                throw StorageError.corrupt(file: file.name, reason: "\(DecoyRecord.fileName) does not know it")
            }
            try known.verify(file)
            return file
        }
        let table = try SafetensorsFile(try open(weights)).matrix(tensor)
        let maker = try makeTokenizer(try open(tokenizer).view.bytes)
        do {
            return try StaticEncoder(tokenizer: maker, table: table)
        } catch {
            throw StorageError.incompatible(
                file: folder.describe(weights), reason: error.description,
                remedy: "restore the folder as it was written")
        }
    }

    private static let modules = """
        [
          {
            "idx": 0,
            "name": "0",
            "path": "",
            "type": "sentence_transformers.models.StaticEmbedding"
          },
          {
            "idx": 1,
            "name": "1",
            "path": "1_Normalize",
            "type": "sentence_transformers.models.Normalize"
          }
        ]

        """

    private static let configuration = """
        {
          "__version__": {},
          "default_prompt_name": null,
          "model_type": "SentenceTransformer",
          "prompts": {
            "document": "",
            "query": ""
          },
          "similarity_fn_name": "cosine"
        }

        """
}
