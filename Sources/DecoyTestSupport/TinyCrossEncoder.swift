/// A BERT cross-encoder of a few random weights, written as Hugging Face keeps one: a folder for tests that reads texts and gives scores.
public struct TinyCrossEncoder {
    /// The words that are tokens, in lower case.
    public var words: [String]
    /// The number of labels.
    public var labels = 1
    /// The seed of the weights.
    public var seed: UInt64 = 1
    private static let dimension = 8
    private static let innerDimension = 12
    private static let positions = 64

    /// A model of some words.
    public init(words: some Sequence<String>) {
        self.words = Set(words).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Writes the model's files into a folder and returns its path.
    @discardableResult
    public func write(into folder: TemporaryFolder, as name: String = "cross-encoder") throws -> String {
        let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + words
        try folder.write("\(name)/vocab.txt", pieces.map { $0 + "\n" }.joined())
        let names = (0..<labels).map { "\"\($0)\": \"L\($0)\"" }.joined(separator: ", ")
        try folder.write(
            "\(name)/config.json",
            """
            {"model_type": "bert", "architectures": ["BertForSequenceClassification"], "vocab_size": \(pieces.count),
            "hidden_size": \(Self.dimension), "num_hidden_layers": 1, "num_attention_heads": 2,
            "intermediate_size": \(Self.innerDimension), "max_position_embeddings": \(Self.positions),
            "type_vocab_size": 2, "hidden_act": "gelu", "id2label": {\(names)}}

            """)
        try folder.write("\(name)/model.safetensors", weights(pieces.count))
        return folder.path(name)
    }

    private func weights(_ vocabulary: Int) -> [UInt8] {
        let (size, inner) = (Self.dimension, Self.innerDimension)
        func linear(_ name: String, _ outputs: Int, _ inputs: Int) -> [(String, [Int])] {
            [(name + ".weight", [outputs, inputs]), (name + ".bias", [outputs])]
        }
        func norm(_ name: String) -> [(String, [Int])] { [(name + ".weight", [size]), (name + ".bias", [size])] }
        let layer = "bert.encoder.layer.0."
        let tensors: [(name: String, shape: [Int])] =
            [
                ("bert.embeddings.word_embeddings.weight", [vocabulary, size]),
                ("bert.embeddings.position_embeddings.weight", [Self.positions, size]),
                ("bert.embeddings.token_type_embeddings.weight", [2, size]),
            ] + norm("bert.embeddings.LayerNorm")
            + ["query", "key", "value"].flatMap { linear(layer + "attention.self." + $0, size, size) }
            + linear(layer + "attention.output.dense", size, size) + norm(layer + "attention.output.LayerNorm")
            + linear(layer + "intermediate.dense", inner, size) + linear(layer + "output.dense", size, inner)
            + norm(layer + "output.LayerNorm") + linear("bert.pooler.dense", size, size)
            + linear("classifier", labels, size)
        var random = SeededGenerator(seed: seed)
        var header: [String] = []
        var values: [UInt8] = []
        for (name, shape) in tensors {
            let start = values.count
            let isScale = name.hasSuffix("LayerNorm.weight")
            for _ in 0..<shape.reduce(1, *) {
                let value = (Float(random.next() >> 40) / 0x1p24 - 0.5) * 2 + (isScale ? 1 : 0)
                withUnsafeBytes(of: value.bitPattern.littleEndian) { values += $0 }
            }
            let sizes = shape.map(String.init).joined(separator: ",")
            header.append(
                "\"\(name)\":{\"dtype\":\"F32\",\"shape\":[\(sizes)],\"data_offsets\":[\(start),\(values.count)]}")
        }
        var text = "{" + header.joined(separator: ",") + "}"
        text += String(repeating: " ", count: (8 - text.utf8.count % 8) % 8)
        let length = withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { Array($0) }
        return length + Array(text.utf8) + values
    }
}
