import DurableStorage
import TextAnalysis

/// Finds the tokenizer of a folder: `tokenizer.json`, or `vocab.txt` (with `tokenizer_config.json` where there is one).
public enum TokenizerFolder {
    /// Reads the tokenizer of a folder or, where it has none of those files, the only JSON file of `fallback` in it.
    public static func read(_ folder: FileSystemDirectory, or fallback: String? = nil) throws -> SubwordPipeline {
        let names = try folder.list()
        if names.contains(Checkpoint.tokenizer) {
            return try tokenizer(folder.open(Checkpoint.tokenizer))
        }
        if names.contains("vocab.txt") { return try vocabulary(folder.open("vocab.txt"), in: folder, names) }
        if let fallback {
            let inner = try FileSystemDirectory(path: folder.path + "/" + fallback)
            let files = try inner.list().filter { $0.hasSuffix(".json") }
            if files.count == 1 { return try tokenizer(inner.open(files[0])) }
        }
        throw StorageError.incompatible(
            file: folder.path, reason: "there is neither tokenizer.json nor vocab.txt",
            remedy: "name the folder of a tokenizer, or give its file")
    }

    /// Reads a tokenizer at a path: a folder, a `tokenizer.json`, or a `vocab.txt` (any file whose name ends in `.txt`).
    public static func read(path: String) throws -> SubwordPipeline {
        do {
            return try read(FileSystemDirectory(path: path))
        } catch StorageError.io(_, "open folder", _) {
            let file = try MappedFile(path: path)
            guard path.hasSuffix(".txt") else { return try tokenizer(file) }
            let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            let folder = try FileSystemDirectory(path: parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent)
            return try vocabulary(file, in: folder, folder.list())
        }
    }

    private static func tokenizer(_ file: MappedFile) throws -> SubwordPipeline {
        try naming(file) { try SubwordPipeline(tokenizerJSON: file.view.bytes) }
    }

    /// Adds the file's name to what is wrong with it.
    private static func naming<Result>(_ file: MappedFile, _ read: () throws -> Result) throws -> Result {
        do { return try read() } catch let error as SubwordError {
            throw StorageError.incompatible(
                file: file.name, reason: error.description, remedy: "restore the file or use another tokenizer")
        }
    }

    private static func vocabulary(
        _ file: MappedFile, in folder: FileSystemDirectory, _ names: [String]
    ) throws -> SubwordPipeline {
        let name = "tokenizer_config.json"
        return try naming(file) {
            try SubwordPipeline(
                vocabularyText: String(decoding: file.view.bytes, as: UTF8.self),
                configuration: names.contains(name) ? folder.open(name).view.bytes : nil)
        }
    }
}
