/// How a file's bytes are compressed.
enum Compression {
    case none, gzip, zstd

    /// The compression that the first bytes of a file tell.
    init(magic bytes: some Collection<UInt8>) {
        if bytes.starts(with: [0x1f, 0x8b]) {
            self = .gzip
        } else if bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) {
            self = .zstd
        } else {
            self = .none
        }
    }

    /// The compression that a name's ending promises.
    init(ending path: String) {
        self = path.hasSuffix(".gz") ? .gzip : path.hasSuffix(".zst") ? .zstd : .none
    }

    /// The name of the format in messages.
    var name: String {
        switch self {
        case .none: "uncompressed"
        case .gzip: "gzip"
        case .zstd: "zstd"
        }
    }

    /// A path without the ending of a compressed file.
    static func withoutEnding(_ path: String) -> String {
        if path.hasSuffix(".gz") { return String(path.dropLast(3)) }
        if path.hasSuffix(".zst") { return String(path.dropLast(4)) }
        return path
    }
}
