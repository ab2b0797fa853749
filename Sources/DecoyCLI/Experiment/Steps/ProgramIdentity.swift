import DurableStorage
import Foundation

/// What tells this program from one that may compute otherwise: the checksum of its own file.
enum ProgramIdentity {
    static let checksum: String = {
        let path = Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""
        guard let file = try? MappedFile(path: path) else { return DecoyVersion.current }
        return String(file.withUnsafeBytes { CRC32C.checksum($0) }, radix: 16) + ".\(file.count)"
    }()
}
