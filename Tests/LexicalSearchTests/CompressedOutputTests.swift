import DecoyTestSupport
import DurableStorage
import RetrievalData
import Testing

@Suite("Compressed output")
struct CompressedOutputTests {
    @Test(
        "What is written is read again, whatever the ending, the pieces and the length.",
        arguments: ["", ".gz", ".zst"], [0, 1, 1 << 20, 2_500_000])
    func roundTrip(ending: String, length: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("file" + ending)
        var state: UInt32 = 1
        let bytes = (0..<length).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 29)
        }
        try CompressedOutput.write(path: path) { output in
            try output.write(Array(bytes.prefix(length / 3)))
            try output.write(Array(bytes.dropFirst(length / 3)))
        }
        #expect(try (folder.bytes("file" + ending) == bytes) == ending.isEmpty)
        let input = try InputBytes(path: path)
        var back: [UInt8] = []
        #expect(try input.read(length, into: &back))
        #expect(back == bytes)
        #expect(try input.byte() == nil)
        #expect(try !input.read(1, into: &back))
        #expect(try !input.skip(1))
    }

    @Test("Where writing fails nothing is left.")
    func failure() throws {
        let folder = try TemporaryFolder()
        #expect(throws: InputError.self) {
            try CompressedOutput.write(path: folder.path("file.gz")) { output in
                try output.write("text")
                throw InputError(source: "s", problem: "p", remedy: "")
            }
        }
        #expect(try folder.files().isEmpty)
    }
}
