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
    private static let paths = Mutex<Set<String>>([])

    /// Adds a file or folder that is worth nothing once the program is interrupted.
    public static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    /// Takes a file or folder off the list.
    public static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Removes every file and folder that is being written aside; for a program that ends at once afterwards.
    public static func removeAll() {
        for path in paths.withLock({ $0 }) { removeTree(path) }
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
