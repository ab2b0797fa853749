import CCompression

/// Compresses blocks with zstd, reusing its working memory; for one thread at a time.
public final class BlockCompressor {
    private let compressor: OpaquePointer

    /// A compressor at a zstd level from 1 (fast) to 19 (small).
    public init(level: Int) {
        guard let compressor = cz_compressor_create(Int32(level)) else { fatalError("no memory for a zstd compressor") }
        self.compressor = compressor
    }

    deinit { cz_compressor_free(compressor) }

    /// One zstd frame that holds the bytes.
    ///
    /// The same library version gives the same frame for the same bytes.
    public func compress(_ bytes: [UInt8]) -> [UInt8] {
        let bound = cz_compress_bound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let length = cz_compress(compressor, bytes, bytes.count, buffer.baseAddress, bound)
            precondition(length >= 0, "zstd refuses no input where there is room")
            count = Int(length)
        }
    }
}

/// Decompresses blocks of zstd, reusing its working memory; for one thread at a time.
public final class BlockDecompressor {
    private let decompressor: OpaquePointer

    /// A decompressor.
    public init() {
        guard let decompressor = cz_decompressor_create() else { fatalError("no memory for a zstd decompressor") }
        self.decompressor = decompressor
    }

    deinit { cz_decompressor_free(decompressor) }

    /// The bytes of a frame that must hold exactly `count`; throws `StorageError.corrupt` for anything else.
    public func decompress(_ frame: ByteView, count: Int) throws -> [UInt8] {
        var isWhole = false
        let result = [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, written in
            let length = frame.withUnsafeBytes { bytes in
                cz_decompress(
                    decompressor, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
                    buffer.baseAddress,
                    max(count, 1))
            }
            isWhole = length == Int64(count)
            written = isWhole ? count : 0
        }
        if !isWhole {
            throw StorageError.corrupt(file: frame.file.name, reason: "a compressed block cannot be decompressed")
        }
        return result
    }
}
