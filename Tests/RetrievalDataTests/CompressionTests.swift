import CCompression
import DecoyTestSupport
import Testing

struct CompressionTests {
    @Test(
        "A block of any length comes back, and its claimed length is right.", arguments: [0, 1, 100, 65_536, 300_000])
    func blocks(_ length: Int) throws {
        var text = RandomText(seed: UInt64(length))
        var bytes: [UInt8] = []
        while bytes.count < length { bytes += Array(text.text(words: 5...50).utf8) }
        bytes.removeLast(bytes.count - length)
        let compressor = try #require(cz_compressor_create(3))
        defer { cz_compressor_free(compressor) }
        let decompressor = try #require(cz_decompressor_create())
        defer { cz_decompressor_free(decompressor) }
        var frame = [UInt8](repeating: 0, count: cz_compress_bound(length))
        let size = cz_compress(compressor, bytes, bytes.count, &frame, frame.count)
        #expect(size > 0)
        frame.removeLast(frame.count - Int(size))
        #expect(cz_decompressed_length(frame, frame.count) == Int64(length))
        var back = [UInt8](repeating: 0, count: length)
        #expect(cz_decompress(decompressor, frame, frame.count, &back, back.count) == Int64(length))
        #expect(back == bytes)
        if length > 0 {
            #expect(cz_decompress(decompressor, frame, frame.count, &back, length - 1) == -1)
            #expect(cz_decompress(decompressor, frame, frame.count - 1, &back, length) == -1)
            #expect(cz_compress(compressor, bytes, bytes.count, &frame, 3) == -1)
        }
    }

    @Test("Bytes that are no frame have no length and do not decompress.")
    func noFrame() throws {
        let decompressor = try #require(cz_decompressor_create())
        defer { cz_decompressor_free(decompressor) }
        let noise: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        var room = [UInt8](repeating: 0, count: 100)
        #expect(cz_decompressed_length(noise, noise.count) == -1)
        #expect(cz_decompress(decompressor, noise, noise.count, &room, room.count) == -1)
    }
}
