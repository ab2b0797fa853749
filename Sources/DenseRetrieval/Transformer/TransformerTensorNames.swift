/// The names under which a family keeps its tensors, without the prefix of the whole model.
struct TransformerTensorNames {
    let family: TransformerFamily

    static let tokens = "embeddings.word_embeddings.weight"
    static let positions = "embeddings.position_embeddings.weight"
    static let tokenTypes = "embeddings.token_type_embeddings.weight"
    static let embeddingNormalization = "embeddings.LayerNorm"
    static let distances = "encoder.relative_attention_bias.weight"

    /// The names of one layer's parts, each to be followed by `.weight` and `.bias`.
    struct Layer {
        let query: String
        let key: String
        let value: String
        let attentionOutput: String
        let attentionNormalization: String
        let inner: String
        let output: String
        let outputNormalization: String
    }

    /// The parts of a layer.
    func layer(_ index: Int) -> Layer {
        if family == .distilBERT {
            let prefix = "transformer.layer.\(index)."
            return Layer(
                query: prefix + "attention.q_lin", key: prefix + "attention.k_lin", value: prefix + "attention.v_lin",
                attentionOutput: prefix + "attention.out_lin", attentionNormalization: prefix + "sa_layer_norm",
                inner: prefix + "ffn.lin1", output: prefix + "ffn.lin2",
                outputNormalization: prefix + "output_layer_norm")
        }
        let prefix = "encoder.layer.\(index)."
        let isMPNet = family == .mpnet
        let attention = prefix + (isMPNet ? "attention.attn." : "attention.self.")
        return Layer(
            query: attention + (isMPNet ? "q" : "query"), key: attention + (isMPNet ? "k" : "key"),
            value: attention + (isMPNet ? "v" : "value"),
            attentionOutput: prefix + (isMPNet ? "attention.attn.o" : "attention.output.dense"),
            attentionNormalization: prefix + (isMPNet ? "attention.LayerNorm" : "attention.output.LayerNorm"),
            inner: prefix + "intermediate.dense", output: prefix + "output.dense",
            outputNormalization: prefix + "output.LayerNorm")
    }

    /// What may stand before every name: nothing, or the name of the model within a larger one.
    var prefixes: [String] {
        switch family {
        case .xlmRoberta: ["", "roberta.", "xlm-roberta."]
        default: ["", family.rawValue + "."]
        }
    }

    /// What stands before every name in a file; nil where the file is not of the family.
    func prefix(in file: SafetensorsFile) -> String? {
        prefixes.first { file.tensors[$0 + Self.tokens] != nil }
    }

    /// A name as files have it today: those of old layer normalisations end in gamma and beta.
    static func current(_ name: String) -> String {
        if name.hasSuffix(".gamma") { return name.dropLast(5) + "weight" }
        return name.hasSuffix(".beta") ? name.dropLast(4) + "bias" : name
    }
}
