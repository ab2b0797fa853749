import ArgumentParser
import Decoy

/// The options of a transformer's training.
struct TransformerFlags: ParsableArguments {
    @Option(
        help:
            "Texts are cut to this many tokens, special ones included. (default: what the transformer's folder says)"
    )
    var maxLength: Int?

    @Option(
        help: ArgumentHelp(
            "What stands before every query, such as \"query: \"; kept with the model.", valueName: "text"))
    var queryPrompt: String?

    @Option(
        help: ArgumentHelp(
            "What stands before every document, such as \"passage: \"; kept with the model.", valueName: "text"))
    var documentPrompt: String?

    @Option(help: "Products of a transformer in f32 or in bf16 (sums, weights and steps stay in f32).")
    var precision: ProductPrecision?

    @Option(help: "The share of values dropped in a transformer's training, 0 to below 1. (default: 0.1)")
    var dropout: Double?

    @Option(help: "The longest common norm of a transformer's gradients; 0 for no limit. (default: 1)")
    var clip: Double?

    @Option(help: "Layers from the bottom of a transformer that stay as they are, and with them the embeddings.")
    var freezeLayers: Int?

    @Flag(help: "Leave the embeddings of a transformer as they are.")
    var freezeEmbeddings = false

    @Option(help: "Train LoRA adapters of this rank on a transformer's linear layers in place of its weights.")
    var loraRank: Int?

    @Option(help: "LoRA's alpha: adapters count alpha / rank times. (default: 16)")
    var loraAlpha: Double?

    @Flag(
        help:
            "Keep one activation a layer of a transformer and compute the others again: less memory, more time, same result."
    )
    var recompute = false

    @Option(help: "Batches of a transformer's training that make one step.")
    var accumulate: Int?

    @Option(
        help:
            "Texts of a batch that a transformer keeps activations of at once; the others wait: large batches in little memory. 0 keeps all."
    )
    var gradientCache: Int?

    /// The options that were given, as they were given.
    private var given: [String] {
        let values: [(String, Bool)] = [
            ("--max-length", maxLength != nil), ("--query-prompt", queryPrompt != nil),
            ("--document-prompt", documentPrompt != nil), ("--precision", precision != nil),
            ("--dropout", dropout != nil), ("--clip", clip != nil), ("--freeze-layers", freezeLayers != nil),
            ("--freeze-embeddings", freezeEmbeddings), ("--lora-rank", loraRank != nil),
            ("--lora-alpha", loraAlpha != nil), ("--recompute", recompute), ("--accumulate", accumulate != nil),
            ("--gradient-cache", gradientCache != nil),
        ]
        return values.filter(\.1).map(\.0)
    }

    /// What decides a start besides its files.
    var fingerprint: String { "\(maxLength ?? 0) \(queryPrompt ?? "-") \(documentPrompt ?? "-")" }

    /// Sets the options of a training that starts from a transformer; throws where one is given and it doesn't.
    func apply(to options: inout TrainingOptions, isTransformer: Bool) throws {
        guard isTransformer else {
            if let name = given.first {
                throw UsageProblem("\(name) is for transformers; add --encoder with the folder of one, or leave it out")
            }
            return
        }
        if let loraAlpha, loraRank == nil {
            throw UsageProblem("--lora-alpha \(loraAlpha) is for LoRA's adapters; add --lora-rank")
        }
        options.accumulation = accumulate ?? 1
        options.gradientCache = gradientCache ?? 0
        options.transformer.dropout = dropout ?? 0.1
        options.transformer.clipping = clip ?? options.transformer.clipping
        options.transformer.frozenLayers = freezeLayers ?? 0
        options.transformer.freezesEmbeddings = freezeEmbeddings
        options.transformer.adapterRank = loraRank ?? 0
        options.transformer.adapterScale = loraAlpha ?? options.transformer.adapterScale
        options.transformer.recomputes = recompute
        options.transformer.precision = precision ?? .float32
    }

    /// A model with its lengths and prompts as the options say.
    func applied(to model: DualEncoder) throws -> DualEncoder {
        var prompts: [TextRole: String] = [:]
        prompts[.query] = queryPrompt
        prompts[.document] = documentPrompt
        let allowed = model.allowedLengths
        if let maxLength, let allowed, !allowed.contains(maxLength) {
            throw UsageProblem(
                "--max-length \(maxLength): the transformer takes \(allowed.lowerBound) to \(allowed.upperBound) tokens"
            )
        }
        return try model.configured(longestSequence: maxLength, prompts: prompts, precision: precision ?? .float32)
    }
}

extension ProductPrecision: ExpressibleByArgument {}
