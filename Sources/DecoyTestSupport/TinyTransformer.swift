/// A BERT encoder of a few random weights, written as Hugging Face keeps one: a folder for tests that reads texts and gives vectors.
public struct TinyTransformer {
    /// A tensor by its name and shape.
    public typealias Tensor = (name: String, shape: [Int])

    /// The words and pieces of words that are tokens, in lower case.
    public var words: [String]
    /// The length of the rows, which must be even.
    public var dimension = 8
    /// The number of layers.
    public var layers = 1
    /// The most tokens of a text, special ones included.
    public var positions = 64
    /// What stands before the names of the encoder's tensors.
    public var prefix = ""
    /// Tensors behind the encoder's.
    public var otherTensors: [Tensor] = []
    /// Members of `config.json` behind the encoder's.
    public var configuration = ""
    /// The seed of the weights.
    public var seed: UInt64 = 1

    /// A model of some words.
    public init(words: some Sequence<String>) {
        self.words = Set(words).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// A model of the words of a text.
    public init(wordsOf text: String) {
        self.init(words: text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }

    /// Writes the model's files into a folder and returns its path.
    @discardableResult
    public func write(into folder: TemporaryFolder, as name: String = "transformer") throws -> String {
        let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + words
        try folder.write("\(name)/vocab.txt", pieces.map { $0 + "\n" }.joined())
        let more = configuration.isEmpty ? "" : ", " + configuration
        try folder.write(
            "\(name)/config.json",
            """
            {"model_type": "bert", "vocab_size": \(pieces.count), "hidden_size": \(dimension),
            "num_hidden_layers": \(layers), "num_attention_heads": 2, "intermediate_size": \(innerDimension),
            "max_position_embeddings": \(positions), "type_vocab_size": 2, "hidden_act": "gelu"\(more)}

            """)
        try folder.write("\(name)/model.safetensors", weights(pieces.count))
        return folder.path(name)
    }

    private var innerDimension: Int { dimension + dimension / 2 }

    private func tensors(_ vocabulary: Int) -> [Tensor] {
        func linear(_ name: String, _ outputs: Int, _ inputs: Int) -> [Tensor] {
            [(name + ".weight", [outputs, inputs]), (name + ".bias", [outputs])]
        }
        func norm(_ name: String) -> [Tensor] { [(name + ".weight", [dimension]), (name + ".bias", [dimension])] }
        let embeddings: [Tensor] =
            [
                ("embeddings.word_embeddings.weight", [vocabulary, dimension]),
                ("embeddings.position_embeddings.weight", [positions, dimension]),
                ("embeddings.token_type_embeddings.weight", [2, dimension]),
            ] + norm("embeddings.LayerNorm")
        let layers = (0..<layers).flatMap { number in
            let layer = "encoder.layer.\(number)."
            return ["query", "key", "value"].flatMap { linear(layer + "attention.self." + $0, dimension, dimension) }
                + linear(layer + "attention.output.dense", dimension, dimension)
                + norm(layer + "attention.output.LayerNorm")
                + linear(layer + "intermediate.dense", innerDimension, dimension)
                + linear(layer + "output.dense", dimension, innerDimension) + norm(layer + "output.LayerNorm")
        }
        return (embeddings + layers).map { (prefix + $0.name, $0.shape) } + otherTensors
    }

    private func weights(_ vocabulary: Int) -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        var header: [String] = []
        var values: [UInt8] = []
        for (name, shape) in tensors(vocabulary) {
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
