import DurableStorage

/// What of a transformer's folder goes into a new one as it was read: small files, and tensors that the encoder does not use.
struct TransformerSource: Sendable {
    /// Files by the names under which they are written, `config.json` among them.
    let files: [String: ByteView]
    /// What stands before the names of the encoder's tensors: the name of the model within a larger one, or nothing.
    let prefix: String
    /// Tensors beside the encoder's, such as those of a pooler or of a language model's head.
    let otherTensors: [StoredTensor]

    static let limits = "sentence_bert_config.json"
    static let prompts = "config_sentence_transformers.json"
    static let pooling = "1_Pooling/config.json"

    /// The files that tokenizers of all kinds leave in a model's folder.
    private static let tokenizerFiles = [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt",
        "vocab.json", "merges.txt", "sentencepiece.bpe.model",
    ]

    /// Takes what there is of `folder` with the model and the tokenizer, of `root`, and of `pooling` where there is one.
    ///
    /// `used` are the weights that the encoder has.
    /// Buffers of numbers 0, 1, … which old files hold are left out; transformers makes them itself.
    init(
        root: FileSystemDirectory, folder: FileSystemDirectory, pooling: FileSystemDirectory?,
        weights: SafetensorsFile, family: TransformerFamily, used: TransformerWeights
    ) throws {
        var files: [String: ByteView] = [:]
        for name in try folder.list()
        where ([TransformerConfig.fileName, Self.limits] + Self.tokenizerFiles).contains(name) {
            files[name] = try folder.open(name).view
        }
        if try root.contains(Self.prompts) { files[Self.prompts] = try root.open(Self.prompts).view }
        files[Self.pooling] = try pooling?.open("config.json").view
        self.files = files
        let names = TransformerTensorNames(family: family)
        prefix = names.prefix(in: weights) ?? ""
        let written = Set(used.tensors(names, prefix: prefix).map(\.name))
        otherTensors =
            try weights.tensors
            .filter { !written.contains(TransformerTensorNames.current($0.key)) && !$0.key.hasSuffix("_ids") }
            .map { try StoredTensor($0.key, of: weights, $0.value) }
    }
}
