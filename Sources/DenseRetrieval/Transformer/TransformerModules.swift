import DurableStorage

/// The `modules.json` of a sentence-transformers folder, as far as it describes a transformer: Transformer, Pooling, perhaps Normalize.
struct TransformerModules {
    /// The folder of the model and its tokenizer within the whole; empty for the whole itself.
    let transformer: String
    /// The folder of the pooling.
    let pooling: String
    /// Whether vectors are scaled to length 1.
    let isNormalizing: Bool

    init(in root: any Directory) throws {
        let modules = try ModuleEntry.list(in: root)
        let names = modules.map(\.name)
        guard names.starts(with: ["Transformer", "Pooling"]), names.dropFirst(2).allSatisfy({ $0 == "Normalize" })
        else {
            throw ModuleEntry.refusal(
                modules, in: root,
                remedy: "a transformer encoder is needed: Transformer, Pooling, then Normalize or nothing")
        }
        let paths = try modules.map { try $0.folder(in: root) }
        transformer = paths[0]
        pooling = paths[1]
        isNormalizing = names.count > 2
    }
}
