import DurableStorage
import Essentials
import TextAnalysis

/// A transformer encoder as Hugging Face and sentence-transformers keep it.
///
/// - sentence-transformers: `modules.json` with Transformer, Pooling and perhaps Normalize, `sentence_bert_config.json`,
///   `config_sentence_transformers.json` with prompts;
/// - Hugging Face: `config.json`, `model.safetensors` and a tokenizer. The mean of all tokens is taken then, not scaled.
public enum TransformerFolder {
    struct Limits: Decodable {
        var max_seq_length: Int?
        var do_lower_case: Bool?
        var model_max_length: Double?
    }

    struct Prompts: Decodable {
        var prompts: [String: String?]?
        var default_prompt_name: String?
    }

    /// Reads an encoder.
    ///
    /// Throws `StorageError` where files are missing, damaged or of a kind that is not supported, `SubwordError` for such a tokenizer.
    public static func read(_ path: String, threads: Int = 1) throws -> TransformerEncoder {
        let root = try FileSystemDirectory(path: path)
        let names = try root.list()
        let modules = names.contains(ModuleList.fileName) ? try TransformerModules(in: root) : nil
        let folder = try subfolder(modules?.transformer ?? "", of: root)
        let config = try TransformerConfig(in: folder)
        let tokenizer = try TokenizerFolder.read(folder)
        try config.check(tokenizer, in: folder)
        let specials = specialTokens(tokenizer, config.family)
        let limits = try decode(Limits.self, TransformerSource.limits, in: folder)
        let longest = try longestSequence(limits, config, specials.before.count + specials.after.count, folder)
        let prompts = try decode(Prompts.self, TransformerSource.prompts, in: root)
        let texts = (prompts?.prompts ?? [:]).compactMapValues { $0 }
        if let name = prompts?.default_prompt_name, texts[name] == nil {
            throw StorageError.corrupt(
                file: root.describe(TransformerSource.prompts), reason: "there is no default prompt \(name)")
        }
        let pooling = try modules.map { try subfolder($0.pooling, of: root) }
        let file = try SafetensorsFile(weightFile(in: folder))
        let weights = try TransformerWeights(file, config: config, threads: threads)
        let source = try TransformerSource(
            root: root, folder: folder, pooling: pooling, weights: file, family: config.family, used: weights)
        return TransformerEncoder(
            tokenizer: tokenizer, specialTokens: specials, longestSequence: longest,
            isNormalizing: modules?.isNormalizing ?? false, prompts: texts, defaultPrompt: prompts?.default_prompt_name,
            isLowercasing: limits?.do_lower_case ?? false, model: TransformerModel(config: config, weights: weights),
            pooling: try pooling.map { try TransformerPooling(in: $0) } ?? .mean, source: source)
    }

    static func subfolder(_ name: String, of root: FileSystemDirectory) throws -> FileSystemDirectory {
        name.isEmpty ? root : try FileSystemDirectory(path: root.path + "/" + name)
    }

    static func weightFile(in folder: FileSystemDirectory) throws -> MappedFile {
        let names = try folder.list()
        if names.contains(Checkpoint.weights) { return try folder.open(Checkpoint.weights) }
        let isSharded = names.contains(Checkpoint.weights + ".index.json")
        let other = names.contains("pytorch_model.bin") ? " (only pytorch_model.bin)" : ""
        throw StorageError.incompatible(
            file: folder.path,
            reason: "there is no \(Checkpoint.weights)" + (isSharded ? " (its weights are in several files)" : other),
            remedy: "save the model as one safetensors file")
    }

    /// What the tokenizer puts around a text; where it does not say, what the family does.
    static func specialTokens(
        _ tokenizer: SubwordPipeline, _ family: TransformerFamily
    ) -> (before: [Int32], after: [Int32]) {
        let given = tokenizer.specialTokens
        if !given.before.isEmpty || !given.after.isEmpty { return given }
        let pieces = family.edgePieces
        let ids = (0..<Int32(tokenizer.vocabularySize))
        return (
            ids.first { tokenizer.piece($0) == pieces.before }.map { [$0] } ?? [],
            ids.first { tokenizer.piece($0) == pieces.after }.map { [$0] } ?? []
        )
    }

    static func longestSequence(
        _ limits: Limits?, _ config: TransformerConfig, _ specials: Int, _ folder: FileSystemDirectory
    ) throws -> Int {
        var longest = config.longestSequence
        if let limit = limits?.max_seq_length {
            longest = min(longest, limit)
        } else if let limit = try decode(Limits.self, "tokenizer_config.json", in: folder)?.model_max_length {
            // Written as 1e30 where there is none.
            longest = limit < Double(longest) ? Int(max(limit, 0)) : longest
        }
        guard longest >= specials else {
            throw StorageError.corrupt(
                file: folder.describe(TransformerSource.limits), reason: "max_seq_length is \(longest)")
        }
        return longest
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, _ name: String, in folder: FileSystemDirectory
    ) throws -> Value? {
        guard try folder.contains(name) else { return nil }
        let file = try folder.open(name)
        do {
            return try JSONDecoder().decode(type, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not the JSON object it should be")
        }
    }
}
