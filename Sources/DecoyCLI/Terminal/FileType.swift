import Essentials

extension String {
    /// A path without the slashes that may stand behind a folder's name; `/` stays.
    var withoutTrailingSlashes: Substring {
        var path = self[...]
        while path.count > 1, path.last == "/" { path.removeLast() }
        return path
    }
}

/// What stands at a path, links followed.
enum FileType {
    /// Whether a regular file stands there: one that can be read twice.
    static func isRegular(_ path: String) -> Bool { type(path) == .typeRegular }

    /// Whether a folder stands there; nil where nothing does.
    static func isFolder(_ path: String) -> Bool? { type(path).map { $0 == .typeDirectory } }

    /// Whether a pipe or a device stands there: what is written to it has no place for files beside.
    static func isPipeOrDevice(_ path: String) -> Bool {
        guard let type = type(path) else { return false }
        return type != .typeRegular && type != .typeDirectory
    }

    private static func type(_ path: String) -> FileAttributeType? {
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        return (try? FileManager.default.attributesOfItem(atPath: resolved))?[.type] as? FileAttributeType
    }
}
