import DurableStorage

/// The `modules.json` of a sentence-transformers folder, as far as it describes a static encoder.
///
/// A StaticEmbedding, then any number of Dense layers, then perhaps Normalize. Module types are told by their last name, because the names before
/// it have changed between versions.
struct ModuleList {
    static let fileName = "modules.json"

    /// The folder of the table and the tokenizer within the model folder; empty for the model folder itself.
    let table: String
    /// The folders of the Dense layers, in order.
    let layers: [String]

    init(in root: any Directory) throws {
        let modules = try ModuleEntry.list(in: root)
        let layers = modules.dropFirst().prefix { $0.name == "Dense" }
        guard modules.first?.name == "StaticEmbedding",
            modules.dropFirst(1 + layers.count).allSatisfy({ $0.name == "Normalize" })
        else {
            throw ModuleEntry.refusal(
                modules, in: root,
                remedy:
                    "a static encoder is needed: StaticEmbedding, then Dense layers or none, then Normalize or nothing")
        }
        let paths = try modules.map { try $0.folder(in: root) }
        table = paths[0]
        self.layers = Array(paths[1..<(1 + layers.count)])
    }
}
