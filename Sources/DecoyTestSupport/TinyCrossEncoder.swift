/// A BERT cross-encoder of a few random weights, written as Hugging Face keeps one: a folder for tests that reads texts and gives scores.
public struct TinyCrossEncoder {
    /// The number of labels.
    public var labels = 1
    private var encoder: TinyTransformer

    /// A model of some words.
    public init(words: some Sequence<String>) {
        encoder = TinyTransformer(words: words)
        encoder.prefix = "bert."
    }

    /// Writes the model's files into a folder and returns its path.
    @discardableResult
    public func write(into folder: TemporaryFolder, as name: String = "cross-encoder") throws -> String {
        var model = encoder
        let size = model.dimension
        model.otherTensors = [
            ("bert.pooler.dense.weight", [size, size]), ("bert.pooler.dense.bias", [size]),
            ("classifier.weight", [labels, size]), ("classifier.bias", [labels]),
        ]
        let names = (0..<labels).map { "\"\($0)\": \"L\($0)\"" }.joined(separator: ", ")
        model.configuration = #""architectures": ["BertForSequenceClassification"], "id2label": {\#(names)}"#
        return try model.write(into: folder, as: name)
    }
}
