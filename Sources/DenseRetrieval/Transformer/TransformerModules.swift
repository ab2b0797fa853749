import DurableStorage
import Foundation

/// The `modules.json` of a sentence-transformers folder, as far as it describes a transformer: Transformer, Pooling, perhaps Normalize.
struct TransformerModules {
    /// The folder of the model and its tokenizer within the whole; empty for the whole itself.
    let transformer: String
    /// The folder of the pooling.
    let pooling: String
    /// Whether vectors are scaled to length 1.
    let isNormalizing: Bool

    private struct Module: Decodable {
        var type: String
        var path: String?
    }

    init(in root: any Directory) throws {
        let file = try root.open(ModuleList.fileName)
        let modules: [Module]
        do {
            modules = try JSONDecoder().decode([Module].self, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not a list of modules with type and path")
        }
        let names = modules.map { $0.type.split(separator: ".").last.map(String.init) ?? "" }
        guard names.starts(with: ["Transformer", "Pooling"]), names.dropFirst(2).allSatisfy({ $0 == "Normalize" })
        else {
            throw StorageError.incompatible(
                file: file.name, reason: "its modules are \(names.joined(separator: ", "))",
                remedy: "a transformer encoder is needed: Transformer, Pooling, then Normalize or nothing")
        }
        let paths = try modules.map { module in
            let path = module.path ?? ""
            guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
                throw StorageError.corrupt(file: file.name, reason: "the path \(path) leads out of the folder")
            }
            return path == "." ? "" : path
        }
        transformer = paths[0]
        pooling = paths[1]
        isNormalizing = names.count > 2
    }
}
