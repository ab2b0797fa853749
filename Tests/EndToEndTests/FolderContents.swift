import Foundation

/// The files of a folder with their bytes.
struct FolderContents: Equatable {
    private(set) var files: [String: Data] = [:]

    /// Reads all files below a folder but those whose names begin with one of `ignoring`.
    init(_ path: String, ignoring: [String] = []) throws {
        var isFolder: ObjCBool = false
        for name in try FileManager.default.subpathsOfDirectory(atPath: path)
        where !ignoring.contains(where: name.hasPrefix) {
            let file = path + "/" + name
            if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue {
                files[name] = try Data(contentsOf: URL(fileURLWithPath: file))
            }
        }
    }

    /// The names of files that only one folder has or that have other bytes.
    func differences(from other: FolderContents) -> [String] {
        Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
    }
}
