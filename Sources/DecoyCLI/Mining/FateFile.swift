import DurableStorage

/// The file of `--explain` while mining goes on: lines, as zstd frames of about a megabyte where its name ends in `.zst`.
final class FateFile {
    private static let frameSize = 1 << 20

    /// The file itself; all lines are in it unless it is compressed.
    let file: AtomicFile
    private let compressor: BlockCompressor?
    private var pending: [UInt8] = []

    private init(_ file: AtomicFile, isCompressed: Bool) {
        self.file = file
        compressor = isCompressed ? BlockCompressor(level: 3) : nil
    }

    /// Opens the file, does the work, and puts it in place; the work gets nil where there is no path.
    ///
    /// The lines stand behind those of a mining that is gone on with.
    static func write<R>(
        _ path: String?, _ resumption: MiningResumption, _ body: (FateFile?) throws -> R
    ) throws -> R {
        guard let path else { return try body(nil) }
        return try resumption.write(path) { file in
            let fates = FateFile(file, isCompressed: path.hasSuffix(".zst"))
            let result = try body(fates)
            try fates.flush()
            return result
        }
    }

    /// Appends lines.
    func write(_ lines: String) throws {
        if compressor == nil { return try file.write(lines) }
        pending.append(contentsOf: lines.utf8)
        if pending.count >= Self.frameSize { try flush() }
    }

    private func flush() throws {
        guard let compressor, !pending.isEmpty else { return }
        try file.write(compressor.compress(pending))
        pending.removeAll(keepingCapacity: true)
    }
}
