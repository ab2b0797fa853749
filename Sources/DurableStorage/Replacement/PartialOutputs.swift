#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

/// The outputs that are being written aside at this moment, so that an interrupted program can remove them.
public enum PartialOutputs {
    private struct State {
        var paths: Set<String> = []
        /// Whether the outputs were removed because the program ends.
        var isEnding = false
    }

    private static let state = Mutex(State())

    /// Adds a file or folder that is worth nothing once the program is interrupted.
    public static func add(_ path: String) { state.withLock { _ = $0.paths.insert(path) } }

    /// Takes a file or folder off the list.
    public static func remove(_ path: String) { state.withLock { _ = $0.paths.remove(path) } }

    /// Removes every file and folder that is being written aside; for a program that ends at once afterwards.
    ///
    /// Other threads that make or rename an output from then on wait for the end.
    public static func removeAll() {
        state.withLock { state in
            state.isEnding = true
            for path in state.paths { removeTree(path) }
        }
    }

    /// Makes or renames an output, and adds or removes its path, in one step as the removal sees it.
    static func change<R>(_ body: (_ paths: inout Set<String>) throws -> R) rethrows -> R {
        let result: R? = try state.withLock { try $0.isEnding ? nil : body(&$0.paths) }
        if let result { return result }
        while true { pause() }
    }

    private static func removeTree(_ path: String) {
        if unlink(path) == 0 { return }
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { removeTree(path + "/" + name) }
        }
        closedir(folder)
        rmdir(path)
    }
}
