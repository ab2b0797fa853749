import DurableStorage
import Essentials
import RetrievalData

extension TransformerFolder {
    /// Writes an encoder as a folder that transformers and sentence-transformers load as it is, whole or not at all.
    ///
    /// Throws `StorageError.alreadyExists` where something is at the path, unless `overwrite`.
    public static func write(_ encoder: TransformerEncoder, to path: String, overwrite: Bool = false) throws {
        try FolderReplacement.write(path: path, overwrite: overwrite) { _ = try write(encoder, to: $0) }
    }

    /// Writes an encoder into a folder and returns its files with their checksums.
    ///
    /// The model, its tokenizer and its configuration stand in the folder itself, beside `modules.json` and `1_Pooling/`. Weights are 32-bit
    /// floats; files and tensors that the encoder does not use go along as they were read, but for the limit and the prompts where the encoder has
    /// others. Equal encoders give equal bytes.
    static func write(_ encoder: TransformerEncoder, to folder: FileSystemDirectory) throws -> [String: FileRecord] {
        let source = encoder.source
        let names = TransformerTensorNames(family: encoder.config.family)
        var records: [String: FileRecord] = [:]
        records[Checkpoint.weights] = try SafetensorsWriter.write(
            encoder.model.weights.tensors(names, prefix: source.prefix) + source.otherTensors, framework: "pt",
            to: Checkpoint.weights, in: folder)
        var files = source.files.mapValues(\.bytes)
        files[ModuleList.fileName] = Array(modules(encoder).utf8)
        files[TransformerConfig.fileName] = try configuration(files[TransformerConfig.fileName])
        files[TransformerSource.limits] = try limits(files[TransformerSource.limits], encoder)
        files[TransformerSource.prompts] = try prompts(files[TransformerSource.prompts], encoder.prompts)
        if files[TransformerSource.pooling] == nil {
            files[TransformerSource.pooling] = Array(meanPooling(encoder.config.dimension).utf8)
        }
        for (path, bytes) in files {
            let parts = path.split(separator: "/").map(String.init)
            let place =
                parts.count > 1 ? try FileSystemDirectory(path: folder.path + "/" + parts[0], create: true) : folder
            records[path] = try RecordedFile.write(bytes, to: parts.last ?? path, in: place)
        }
        return records
    }

    /// `config.json` as it was read, but for the type of the weights, to which transformers would round them.
    private static func configuration(_ read: [UInt8]?) throws -> [UInt8] {
        try changed(read) { values in
            let float32 = JSONTree.string("float32")
            return values.filter { key, value in
                guard ["torch_dtype", "dtype"].contains(key), case .string = value else { return false }
                return value != float32
            }.mapValues { _ in float32 }
        }
    }

    /// `sentence_bert_config.json` with the encoder's longest sequence.
    private static func limits(_ read: [UInt8]?, _ encoder: TransformerEncoder) throws -> [UInt8] {
        try changed(read) { values in
            if values["max_seq_length"] == .integer(encoder.longestSequence) { return [:] }
            return [
                "max_seq_length": .integer(encoder.longestSequence), "do_lower_case": .boolean(encoder.isLowercasing),
            ]
        }
    }

    /// `config_sentence_transformers.json` with the encoder's prompts.
    private static func prompts(_ read: [UInt8]?, _ prompts: [String: String]) throws -> [UInt8] {
        try changed(read) { values in
            let new = prompts.mapValues(JSONTree.string)
            if read == nil { return ["prompts": .object(new), "similarity_fn_name": .string("cosine")] }
            var known: [String: JSONTree] = [:]
            if case .object(let members)? = values["prompts"] {
                // Some files name a prompt and have none: null.
                known = members.filter { if case .string = $0.value { true } else { false } }
            }
            return known == new ? [:] : ["prompts": .object(new)]
        }
    }

    /// A JSON object with other values for some keys; its bytes as they were where there are none.
    private static func changed(
        _ read: [UInt8]?, _ changes: ([String: JSONTree]) -> [String: JSONTree]
    ) throws -> [UInt8] {
        let old = try read.map { try JSONDecoder().decode([String: JSONTree].self, from: Data($0)) } ?? [:]
        let changes = changes(old)
        if let read, changes.isEmpty { return read }
        let new = old.merging(changes) { _, new in new }
        return [UInt8](try StableJSON.text(new).utf8)
    }

    private static func modules(_ encoder: TransformerEncoder) -> String {
        var modules = [("", "Transformer"), ("1_Pooling", "Pooling")]
        if encoder.isNormalizing { modules.append(("2_Normalize", "Normalize")) }
        let entries = modules.enumerated().map { index, module in
            """
              {
                "idx": \(index),
                "name": "\(index)",
                "path": "\(module.0)",
                "type": "sentence_transformers.models.\(module.1)"
              }
            """
        }
        return "[\n" + entries.joined(separator: ",\n") + "\n]\n"
    }

    private static func meanPooling(_ dimension: Int) -> String {
        """
        {
          "word_embedding_dimension": \(dimension),
          "pooling_mode_cls_token": false,
          "pooling_mode_mean_tokens": true,
          "pooling_mode_max_tokens": false,
          "pooling_mode_mean_sqrt_len_tokens": false
        }

        """
    }
}
