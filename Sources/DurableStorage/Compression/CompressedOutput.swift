import CCompression

/// Hands on bytes as they are, or compressed as the name of their file says: `.gz` or `.zst`.
///
/// Pieces of 1 MB become gzip members or zstd frames of their own, which readers of both formats take for one stream. The same bytes
/// give the same file with the same version of the library. For one thread at a time.
public final class CompressedOutput {
    private enum Form {
        case plain
        case gzip
        case zstd(BlockCompressor)
    }

    private static let pieceSize = 1 << 20
    private let form: Form
    private let file: AtomicFile
    private var piece: [UInt8] = []

    /// Writes a file whole, or leaves nothing: `AtomicFile.write` with compression by the path's ending.
    public static func write<R>(path: String, _ body: (CompressedOutput) throws -> R) throws -> R {
        try AtomicFile.write(path: path) { file in
            let output = CompressedOutput(file, path: path)
            let result = try body(output)
            try output.flush()
            return result
        }
    }

    private init(_ file: AtomicFile, path: String) {
        self.file = file
        form = path.hasSuffix(".gz") ? .gzip : path.hasSuffix(".zst") ? .zstd(BlockCompressor(level: 3)) : .plain
    }

    /// Appends bytes.
    public func write(_ bytes: [UInt8]) throws {
        if case .plain = form { return try file.write(bytes) }
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Self.pieceSize - piece.count)
            piece.append(contentsOf: bytes[start..<end])
            start = end
            if piece.count == Self.pieceSize { try flush() }
        }
    }

    /// Appends a string's UTF-8 bytes.
    public func write(_ text: String) throws {
        if case .plain = form { try file.write(text) } else { try write(Array(text.utf8)) }
    }

    /// Writes the last piece; a file without bytes gets an empty one.
    private func flush() throws {
        switch form {
        case .plain: break
        case .gzip: try file.write(Self.gzip(piece))
        case .zstd(let compressor): try file.write(compressor.compress(piece))
        }
        piece.removeAll(keepingCapacity: true)
    }

    private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        let bound = cz_gzip_bound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let length = cz_gzip(bytes, bytes.count, buffer.baseAddress, bound)
            precondition(length >= 0, "there is memory and room")
            count = Int(length)
        }
    }
}
