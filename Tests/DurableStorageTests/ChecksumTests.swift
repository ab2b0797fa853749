import DecoyTestSupport
import DurableStorage
import Testing

@Suite("Checksums and checksummed files")
struct ChecksumTests {
    @Test("CRC-32C gives the values of RFC 3720, appendix B.4.")
    func knownValues() {
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CRC32C.checksum([UInt8](0..<32)) == 0x46DD_794E)
        #expect(CRC32C.checksum([UInt8]((0..<32).reversed())) == 0x113F_DB5C)
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
    }

    @Test("CRC-32C does not depend on how the bytes are cut.")
    func parts() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            let bytes = (0..<Int.random(in: 0...100, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            var checksum = CRC32C()
            bytes[..<cut].withUnsafeBytes { checksum.update($0) }
            bytes[cut...].withUnsafeBytes { checksum.update($0) }
            var plain: UInt32 = 0xFFFF_FFFF
            for byte in bytes {
                plain ^= UInt32(byte)
                for _ in 0..<8 { plain = plain & 1 == 1 ? (plain >> 1) ^ 0x82F6_3B78 : plain >> 1 }
            }
            #expect(checksum.value == ~plain)
        }
    }

    private func write(_ body: [UInt8], to directory: InMemoryDirectory) throws -> FileSeal {
        let file = try ChecksummedFileWriter(directory, "file", kind: "TEST", version: 3)
        try file.write(body)
        return try file.finish()
    }

    @Test(
        "A checksummed file gives back what was written, for bodies around page and buffer limits.",
        arguments: [
            0, 1, 16_367, 16_368, 16_369, 32_752, 262_128, 262_129, 300_000,
        ])
    func roundTrip(size: Int) throws {
        let directory = InMemoryDirectory()
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let seal = try write(body, to: directory)
        #expect(try directory.bytes(of: "file").count == seal.size)
        let file = try ChecksummedFile(directory, "file", kind: "TEST", version: 3, expected: seal)
        #expect(try file.body().bytes == body)
        #expect(file.seal == seal)
        for page in 0..<file.pageCount { try file.verifyPage(page) }
        #expect(throws: StorageError.self) { try file.view(offset: file.bodyEnd, count: 1) }
        #expect(throws: StorageError.self) { try file.view(offset: 0, count: 1) }
        #expect(throws: StorageError.self) { try file.view(offset: .max, count: .max) }
    }

    @Test("Every flipped bit and every other length of a checksummed file is found before a byte of it is used.")
    func damage() throws {
        let directory = InMemoryDirectory()
        let body = (0..<200).map { UInt8($0) }
        let seal = try write(body, to: directory)
        let sound = try directory.bytes(of: "file")
        func read(_ bytes: [UInt8], expected: FileSeal?) throws -> [UInt8] {
            directory.put("file", bytes: bytes)
            return try ChecksummedFile(directory, "file", kind: "TEST", version: 3, expected: expected).body().bytes
        }
        for index in sound.indices {
            var damaged = sound
            damaged[index] ^= 1 << UInt8(index % 8)
            #expect(throws: StorageError.self, "byte \(index)") { try read(damaged, expected: nil) }
        }
        for length in 0..<sound.count {
            #expect(throws: StorageError.self, "length \(length)") { try read(Array(sound[..<length]), expected: nil) }
        }
        let other = InMemoryDirectory()
        _ = try write(body.reversed(), to: other)
        #expect(throws: StorageError.self) { try read(other.bytes(of: "file"), expected: seal) }
    }

    @Test("A file of another kind is corrupt; a file of another version is incompatible.")
    func kinds() throws {
        let directory = InMemoryDirectory()
        _ = try write([1, 2, 3], to: directory)
        #expect(throws: StorageError.corrupt(file: "memory/file", reason: "it is not of kind ELSE")) {
            try ChecksummedFile(directory, "file", kind: "ELSE", version: 3)
        }
        let error = #expect(throws: StorageError.self) {
            try ChecksummedFile(directory, "file", kind: "TEST", version: 4)
        }
        guard case .incompatible = error else {
            Issue.record("expected incompatible, got \(String(describing: error))")
            return
        }
    }

    @Test("Integers of variable length come back, and malformed ones are refused.")
    func varints() throws {
        var writer = ByteWriter()
        let values = [0, 1, 127, 128, 16_383, 16_384, Int(Int32.max), 1 << 53, Int.max]
        for value in values { writer.appendVarint(value) }
        var reader = ByteReader(MappedFile(name: "x", bytes: writer.bytes).view)
        for value in values { #expect(try reader.varint() == value) }
        #expect(reader.isAtEnd)
        #expect(throws: StorageError.self) { try reader.varint() }
        var endless = ByteReader(MappedFile(name: "x", bytes: [UInt8](repeating: 0xFF, count: 20)).view)
        #expect(throws: StorageError.self) { try endless.varint() }
    }

    @Test("Blocks of zstd come back; broken ones are refused.")
    func compression() throws {
        let text = Array(String(repeating: "to be or not to be ", count: 500).utf8)
        let frame = BlockCompressor(level: 1).compress(text)
        #expect(frame.count < text.count / 10)
        let decompressor = BlockDecompressor()
        #expect(try decompressor.decompress(MappedFile(name: "x", bytes: frame).view, count: text.count) == text)
        for count in [0, 1, text.count - 1, text.count + 1] {
            #expect(throws: StorageError.self) {
                try decompressor.decompress(MappedFile(name: "x", bytes: frame).view, count: count)
            }
        }
        #expect(throws: StorageError.self) {
            try decompressor.decompress(MappedFile(name: "x", bytes: Array(frame.dropLast(3))).view, count: text.count)
        }
    }
}
