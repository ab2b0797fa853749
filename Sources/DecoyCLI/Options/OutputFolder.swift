import Decoy
import DurableStorage
import Essentials

/// A kind of folder that a command writes, and what it may take the place of.
///
/// `--force` replaces a whole folder, so it must meet one of the same kind: an index never takes the place of a home folder or of a model.
enum OutputFolder: String {
    case index = "an index"
    case model = "a model"
    case vectors = "a vector folder"
    case experiment = "an experiment"
    case dataset = "a dataset"

    /// The files by which a folder of this kind is known.
    private var marks: [String] {
        switch self {
        case .index: ["manifest"]
        case .model: ["modules.json", "decoy.json"]
        case .vectors: ["vectors.safetensors", "decoy.json"]
        case .experiment: ["results.json", "negatives.jsonl"]
        case .dataset: ["corpus.jsonl"]
        }
    }

    /// Says, before any work is done, when a folder cannot be written at a path.
    ///
    /// A path with nothing or an empty folder is free. What else is there is replaced only where that was asked for (`--force`) and it is of the
    /// same kind; otherwise this throws `UsageProblem`. Where the folder above cannot be written it throws `StorageError`.
    func check(_ path: String, replace: Bool) throws {
        let files = FileManager.default
        if let isFolder = FileType.isFolder(path) {
            guard isFolder else {
                throw UsageProblem("\(path): is a file, and \(rawValue) is a folder; choose another path")
            }
            if let names = try? files.contentsOfDirectory(atPath: path), !names.isEmpty {
                guard replace else {
                    throw UsageProblem(
                        "\(path): is there and not empty; choose another path, or replace it with --force")
                }
                guard marks.allSatisfy(names.contains) else {
                    throw UsageProblem(
                        """
                        \(path): --force replaces only \(rawValue), and this folder is none (it has no \
                        \(marks.filter { !names.contains($0) }.joined(separator: " and no "))); \
                        choose another path, or remove the folder yourself
                        """)
                }
            }
        }
        try Self.checkFolderAbove(path)
    }

    /// Looks at the nearest folder above that is there; those between are made when the output is.
    private static func checkFolderAbove(_ path: String) throws {
        let files = FileManager.default
        var above = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
        while FileType.isFolder(above) == nil, above.count > 1 {
            above = URL(fileURLWithPath: above).deletingLastPathComponent().path
        }
        if FileType.isFolder(above) != true {
            throw StorageError.io(path: above, operation: "writing into it", errno: ENOTDIR)
        }
        if !files.isWritableFile(atPath: above) {
            throw StorageError.io(path: above, operation: "writing into it", errno: EACCES)
        }
    }
}
