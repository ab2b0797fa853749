import DurableStorage
import Essentials

/// What tells this program from one that may compute otherwise: the checksum of its own file.
enum ProgramIdentity {
    static let checksum: String = {
        #if os(Linux)
            let path = "/proc/self/exe"
        #else
            let path = CommandLine.arguments.first ?? ""
        #endif
        guard let file = try? MappedFile(path: path) else { return DecoyVersion.current }
        return String(file.withUnsafeBytes { CRC32C.checksum($0) }, radix: 16) + ".\(file.count)"
    }()
}
