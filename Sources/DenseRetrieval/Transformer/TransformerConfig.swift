import DurableStorage
import Essentials
import NumericKernels
import TextAnalysis

/// The shape of a transformer encoder, as its `config.json` gives it.
public struct TransformerConfig: Sendable, Hashable {
    static let fileName = "config.json"

    /// Which family it is of.
    public let family: TransformerFamily
    /// The number of rows of the token table.
    public let vocabularySize: Int
    /// The length of the rows.
    public let dimension: Int
    /// The number of layers.
    public let layers: Int
    /// The heads of a layer's attention; they divide the dimension.
    public let heads: Int
    /// The length of the rows between the two products of a layer's feed-forward part.
    public let innerDimension: Int
    /// The number of rows of the table of places.
    public let positions: Int
    /// The number of token types; 0 where the family has none.
    let tokenTypes: Int
    /// What is added to variances.
    public let epsilon: Float
    /// The id of padding, behind which some families begin to count places.
    let paddingID: Int
    /// The number of distance classes of MPNet's attention; 0 elsewhere.
    let distanceClasses: Int
    package let activation: GELU.Form

    /// The place of a sequence's first token in the table of places.
    public var firstPosition: Int { family.countsFromPadding ? paddingID + 1 : 0 }

    /// The most tokens a sequence may have, special ones included.
    public var longestSequence: Int { positions - firstPosition }

    private struct Values: Decodable {
        var model_type: String?
        var vocab_size: Int?
        var hidden_size: Int?
        var dim: Int?
        var num_hidden_layers: Int?
        var n_layers: Int?
        var num_attention_heads: Int?
        var n_heads: Int?
        var intermediate_size: Int?
        var hidden_dim: Int?
        var max_position_embeddings: Int?
        var type_vocab_size: Int?
        var layer_norm_eps: Double?
        var pad_token_id: Int?
        var hidden_act: String?
        var activation: String?
        var position_embedding_type: String?
        var is_decoder: Bool?
        var relative_attention_num_buckets: Int?
    }

    /// Reads `config.json`; throws `StorageError.incompatible` for a model of another kind and `.corrupt` where sizes are missing or senseless.
    public init(in folder: any Directory) throws {
        let file = try folder.open(Self.fileName)
        let values: Values
        do {
            values = try JSONDecoder().decode(Values.self, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not the configuration of a transformer")
        }
        func unsupported(_ reason: String, _ remedy: String) -> StorageError {
            .incompatible(file: file.name, reason: reason, remedy: remedy)
        }
        let known = TransformerFamily.allCases.map(\.rawValue).joined(separator: ", ")
        guard let family = values.model_type.flatMap(TransformerFamily.init(rawValue:)) else {
            throw unsupported(
                values.model_type.map { "model_type \($0) is not supported" } ?? "there is no model_type",
                "use a model of one of these: \(known)")
        }
        guard values.is_decoder != true else {
            throw unsupported("is_decoder is set, and decoders are not supported", "use an encoder")
        }
        let places = values.position_embedding_type ?? "absolute"
        guard places == "absolute" else {
            throw unsupported("position_embedding_type \(places) is not supported", "use a model with absolute ones")
        }
        let name = (family == .distilBERT ? values.activation : values.hidden_act) ?? "gelu"
        switch name {
        case "gelu": activation = .erf
        case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": activation = .tanh
        case "relu": activation = .rectified
        default:
            throw unsupported(
                "the activation \(name) is not supported",
                "use a model with gelu, gelu_new, gelu_pytorch_tanh, gelu_fast or relu")
        }
        func size(_ name: String, _ value: Int?) throws -> Int {
            guard let value else { throw StorageError.corrupt(file: file.name, reason: "\(name) is missing") }
            guard value > 0, value <= 1 << 24 else {
                throw StorageError.corrupt(file: file.name, reason: "\(name) is \(value)")
            }
            return value
        }
        let isDistilled = family == .distilBERT
        self.family = family
        vocabularySize = try size("vocab_size", values.vocab_size)
        dimension = try isDistilled ? size("dim", values.dim) : size("hidden_size", values.hidden_size)
        layers =
            try isDistilled ? size("n_layers", values.n_layers) : size("num_hidden_layers", values.num_hidden_layers)
        heads =
            try isDistilled ? size("n_heads", values.n_heads) : size("num_attention_heads", values.num_attention_heads)
        innerDimension =
            try isDistilled
            ? size("hidden_dim", values.hidden_dim) : size("intermediate_size", values.intermediate_size)
        positions = try size("max_position_embeddings", values.max_position_embeddings)
        tokenTypes = family.hasTokenTypes ? try size("type_vocab_size", values.type_vocab_size ?? 2) : 0
        epsilon = Float(values.layer_norm_eps ?? 1e-12)
        paddingID = values.pad_token_id ?? (family.countsFromPadding ? 1 : 0)
        distanceClasses =
            family == .mpnet
            ? try size("relative_attention_num_buckets", values.relative_attention_num_buckets ?? 32) : 0
        guard dimension.isMultiple(of: heads) else {
            throw StorageError.corrupt(file: file.name, reason: "\(heads) heads do not divide \(dimension) dimensions")
        }
        guard epsilon.isFinite, epsilon >= 0 else {
            throw StorageError.corrupt(file: file.name, reason: "layer_norm_eps is \(epsilon)")
        }
        guard paddingID >= 0, paddingID < positions, longestSequence > 0 else {
            throw StorageError.corrupt(
                file: file.name, reason: "pad_token_id is \(paddingID) with \(positions) max_position_embeddings")
        }
        guard distanceClasses == 0 || distanceClasses >= 4 else {
            throw StorageError.corrupt(
                file: file.name, reason: "relative_attention_num_buckets is \(distanceClasses)")
        }
    }

    /// Throws `StorageError.incompatible` where a tokenizer has more tokens than the model has rows for.
    func check(_ tokenizer: SubwordPipeline, in folder: any Directory) throws {
        guard tokenizer.vocabularySize <= vocabularySize else {
            throw StorageError.incompatible(
                file: folder.describe(Self.fileName),
                reason: "vocab_size is \(vocabularySize), the tokenizer has \(tokenizer.vocabularySize) tokens",
                remedy: "use the tokenizer of the model")
        }
    }
}
