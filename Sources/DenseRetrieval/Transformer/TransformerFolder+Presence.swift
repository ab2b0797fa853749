import DurableStorage
import Essentials
import RetrievalData

extension TransformerFolder {
    /// Whether a folder looks like one that can be read here, and not like a static encoder: `config.json` beside the weights, or a Transformer
    /// as its first module.
    public static func isPresent(at path: String) -> Bool {
        guard let root = try? FileSystemDirectory(path: path), let names = try? root.list() else { return false }
        if names.contains(ModuleList.fileName) {
            return (try? ModuleEntry.list(in: root))?.first?.name == "Transformer"
        }
        return names.contains(TransformerConfig.fileName) && (try? TransformerConfig.describesModel(in: root)) ?? false
    }
}

extension TransformerConfig {
    /// Whether `config.json` says how many layers there are; that of a static encoder (model2vec) doesn't.
    static func describesModel(in root: any Directory) throws -> Bool {
        let data = Data(try root.open(fileName).view.bytes)
        let values = try JSONDecoder().decode(JSONTree.self, from: data)
        if values["model_type"] == .string("model2vec") { return false }
        return ["num_hidden_layers", "n_layers", "num_layers", "hidden_size"].contains { values[$0] != nil }
    }
}
