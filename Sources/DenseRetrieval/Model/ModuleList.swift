import DurableStorage
import Foundation

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

    private struct Module: Decodable {
        var type: String
        var path: String?
    }

    init(in root: any Directory) throws {
        let file = try root.open(Self.fileName)
        let modules: [Module]
        do {
            modules = try JSONDecoder().decode([Module].self, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not a list of modules with type and path")
        }
        let names = modules.map { $0.type.split(separator: ".").last.map(String.init) ?? "" }
        let layers = names.dropFirst().prefix { $0 == "Dense" }
        guard names.first == "StaticEmbedding",
            names.dropFirst(1 + layers.count).allSatisfy({ $0 == "Normalize" })
        else {
            throw StorageError.incompatible(
                file: file.name, reason: "its modules are \(names.joined(separator: ", "))",
                remedy:
                    "a static encoder is needed: StaticEmbedding, then Dense layers or none, then Normalize or nothing")
        }
        let paths = try modules.map { module in
            let path = module.path ?? ""
            guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
                throw StorageError.corrupt(file: file.name, reason: "the path \(path) leads out of the folder")
            }
            return path == "." ? "" : path
        }
        table = paths[0]
        self.layers = Array(paths[1..<(1 + layers.count)])
    }
}
