import DecoyTestSupport
import DurableStorage
import NumericKernels
import Testing

@testable import DenseRetrieval

@Suite("Safetensors")
struct SafetensorsTests {
    private func file(_ header: String, data: [UInt8], length: UInt64? = nil) -> MappedFile {
        let text = Array(header.utf8)
        let stated = length ?? UInt64(text.count)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: stated >> (8 * UInt64($0))) } + text + data
        return MappedFile(name: "test.safetensors", bytes: bytes)
    }

    @Test("A table that is written is read back bit for bit and begins at a multiple of 64.")
    func roundTrip() throws {
        let directory = InMemoryDirectory()
        let matrix = Matrix(columns: 3, values: [1, -2, 0.5, .pi, 1e-30, 1e30])
        let record = try SafetensorsWriter.write(matrix, tensor: "a \"name\"", to: "m.safetensors", in: directory)
        let file = try directory.open("m.safetensors")
        try record.verify(file)
        #expect((file.count - 24).isMultiple(of: 64))
        let read = try SafetensorsFile(file).matrix("a \"name\"")
        #expect(read.rows == 2 && (0..<2).map { read.row($0) } == (0..<2).map { matrix.row($0) })
    }

    @Test("16-bit floats of both kinds are converted exactly, at any alignment.")
    func halfFloats() throws {
        func bytes(_ values: [UInt16]) -> [UInt8] { values.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
        let halves: [UInt16] = [0x3C00, 0xC000, 0x0001, 0x7BFF, 0x8000, 0x7C00]
        for padding in 0..<4 {
            let header =
                #"{"t":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]}}"# + String(repeating: " ", count: padding)
            let read = try SafetensorsFile(file(header, data: bytes(halves))).matrix("t")
            #expect(read.row(0) + read.row(1) == [1, -2, 0x1p-24, 65504, 0, .infinity])
            let brain =
                #"{"t":{"dtype":"BF16","shape":[1,2],"data_offsets":[0,4]}}"# + String(repeating: " ", count: padding)
            #expect(try SafetensorsFile(file(brain, data: bytes([0x3F80, 0xC040]))).matrix("t").row(0) == [1, -3])
            let single =
                #"{"t":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}"# + String(repeating: " ", count: padding)
            #expect(try SafetensorsFile(file(single, data: [0, 0, 128, 63])).matrix("t").row(0) == [1])
        }
    }

    static let hostile: [(String, Int, UInt64?)] = [
        ("", 0, nil), ("{", 0, nil), ("[]", 0, nil), ("{}", 1, nil), ("{}", 0, 3), ("{}", 0, .max),
        ("{}", 0, 100_000_001),
        (#"{"t":1}"#, 0, nil), (#"{"t":{}}"#, 0, nil),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, nil),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#, 8, nil),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 8, nil),
        (#"{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, nil),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4, nil),
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, nil),
        (#"{"t":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, nil),
        (#"{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0, nil),
        (#"{"t":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}"#, 0, nil),
        (#"{"t":{"dtype":"Q9","shape":[1],"data_offsets":[0,4]}}"#, 4, nil),
        (
            #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"u":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            4, nil
        ),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, nil),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 9, nil),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}"#, 4, nil),
    ]

    @Test("Headers that lie are refused with an error.", arguments: hostile)
    func hostileHeaders(_ header: String, _ data: Int, _ length: UInt64?) {
        let file = file(header, data: [UInt8](repeating: 0, count: data), length: length)
        #expect(throws: StorageError.self) { try SafetensorsFile(file) }
    }

    @Test("Files that are cut or have changed bytes give an error or a table, never a trap.")
    func mutations() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let header = #"{"__metadata__":{"a":"b"},"t":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"#
        let whole = file(header, data: [UInt8](repeating: 1, count: 16)).view.bytes
        for length in 0..<whole.count {
            #expect(throws: StorageError.self) {
                try SafetensorsFile(MappedFile(name: "cut", bytes: Array(whole.prefix(length))))
            }
        }
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? SafetensorsFile(MappedFile(name: "changed", bytes: bytes)).matrix("t")
        }
    }

    @Test("A missing tensor, another shape and another number format are errors that say so.")
    func wrongTensor() throws {
        let header =
            #"{"t":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"i":{"dtype":"I32","shape":[1,1],"data_offsets":[16,20]}}"#
        let read = try SafetensorsFile(file(header, data: [UInt8](repeating: 0, count: 20)))
        for name in ["t", "i", "none"] { #expect(throws: StorageError.self) { try read.matrix(name) } }
    }
}
