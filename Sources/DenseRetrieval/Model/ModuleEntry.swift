import DurableStorage
import Essentials

/// A module of a sentence-transformers folder, as `modules.json` names it.
struct ModuleEntry: Sendable {
    /// The last name of its type, because the names before it have changed between versions.
    let name: String
    private let path: String

    private struct Values: Decodable {
        var type: String
        var path: String?
    }

    /// The modules of a folder; throws `StorageError.corrupt` where `modules.json` is no such list.
    static func list(in root: any Directory) throws -> [ModuleEntry] {
        let file = try root.open(ModuleList.fileName)
        do {
            return try JSONDecoder().decode([Values].self, from: Data(file.view.bytes)).map {
                ModuleEntry(name: $0.type.split(separator: ".").last.map(String.init) ?? "", path: $0.path ?? "")
            }
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not a list of modules with type and path")
        }
    }

    /// Its folder within the whole, empty for the whole itself; throws where the path leads out.
    func folder(in root: any Directory) throws -> String {
        guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
            throw StorageError.corrupt(
                file: root.describe(ModuleList.fileName), reason: "the path \(path) leads out of the folder")
        }
        return path == "." ? "" : path
    }

    /// What is said of modules that are not those asked for.
    static func refusal(_ modules: [ModuleEntry], in root: any Directory, remedy: String) -> StorageError {
        .incompatible(
            file: root.describe(ModuleList.fileName),
            reason: "its modules are \(modules.map(\.name).joined(separator: ", "))", remedy: remedy)
    }
}
