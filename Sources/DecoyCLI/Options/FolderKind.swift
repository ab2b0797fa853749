import Decoy
import DurableStorage
import Foundation

/// What a folder given on the command line holds.
enum FolderKind: String {
    case lexicalIndex = "an index"
    case model = "a model"
    case vectors = "a vector folder"

    /// Throws where a folder holds another kind than is needed; the files' own readers say the rest.
    func require(at path: String) throws {
        let found = try FolderKind(of: path)
        guard found == self else { throw UsageProblem("\(path): is \(found.rawValue), and \(rawValue) is needed here") }
    }

    /// Looks at a folder's files.
    init(of path: String) throws {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else { throw StorageError.notFound(path: path) }
        func has(_ name: String) -> Bool { files.fileExists(atPath: path + "/" + name) }
        if has("vectors.safetensors") {
            self = .vectors
        } else if has("modules.json") || StaticFolder.isPresent(at: path) {
            self = .model
        } else if isFolder.boolValue, has("manifest") {
            self = .lexicalIndex
        } else {
            throw InputErrors(
                InputError(
                    source: path, problem: "neither an index, a model nor a vector folder",
                    remedy: "make one with decoy index, decoy train or decoy encode"))
        }
    }
}
