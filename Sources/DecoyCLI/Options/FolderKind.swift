import Decoy
import DurableStorage
import Essentials

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
        guard let isFolder = FileType.isFolder(path) else { throw StorageError.notFound(path: path) }
        // What cannot be looked into would pass for an empty folder.
        guard files.isReadableFile(atPath: path), !isFolder || files.isExecutableFile(atPath: path) else {
            throw StorageError.io(path: path, operation: "reading", errno: EACCES)
        }
        func has(_ name: String) -> Bool { files.fileExists(atPath: path + "/" + name) }
        if has("vectors.safetensors") {
            self = .vectors
        } else if has("modules.json") || StaticFolder.isPresent(at: path) {
            self = .model
        } else if isFolder, has("manifest") {
            self = .lexicalIndex
        } else {
            let none = "neither an index, a model nor a vector folder"
            guard isFolder else {
                throw InputErrors(
                    InputError(
                        source: path, problem: none + ", but a file",
                        remedy: "name the folder that decoy index, decoy train or decoy encode made"))
            }
            guard ["", ".gz", ".zst"].contains(where: { has("corpus.jsonl" + $0) }) else {
                throw InputErrors(
                    InputError(
                        source: path, problem: none, remedy: "make one with decoy index, decoy train or decoy encode"))
            }
            throw InputErrors(
                InputError(
                    source: path, problem: none + ", but a dataset",
                    remedy: "make an index of it: decoy index \(path) -o \(path.withoutTrailingSlashes).index"))
        }
    }

    /// Throws where a corpus was to be named and a path holds a model or vectors, whose model card would pass for a document.
    static func refuse(asCorpus path: String) throws {
        guard path != "-", let kind = try? FolderKind(of: path), kind != .lexicalIndex else { return }
        throw UsageProblem(
            "\(path): is \(kind.rawValue), and documents are needed here: a dataset, a file or a folder of texts")
    }
}
