import CCompression

/// The bytes of a file, a gzip file, a zstd file or standard input, uncompressed, one piece after another.
///
/// What is compressed is seen by the first bytes, whatever the name. Memory: one buffer of 256 KB.
final class ByteSource {
    /// What messages call the source.
    var name: String { file.name }

    private static let pieceSize = 1 << 18
    private let file: InputFile
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var begin = 0
    private var end = 0
    private var atEnd = false
    /// How many bytes of the file may still be read.
    private var rest = Int.max
    private var compression = Compression.none
    private var decoder: OpaquePointer?

    /// Opens a path; `-` is standard input.
    init(path: String) throws {
        file = try InputFile(path: path)
        input = .allocate(capacity: Self.pieceSize)
        while end < 4, !atEnd { try fill() }
        compression = Compression(magic: input[0..<end])
        let promised = Compression(ending: path)
        if promised != .none, compression != promised {
            throw damage(
                end == 0
                    ? "the file is empty, not \(promised.name) data"
                    : "the name says \(promised.name), the first bytes do not",
                remedy: "compress the file again, or drop the ending from its name")
        }
        if compression != .none {
            decoder = cz_decoder_create(compression == .gzip ? CZ_GZIP : CZ_ZSTD)
            guard decoder != nil else { throw FileError.unreadable(path: name, reason: "out of memory") }
        }
    }

    /// Opens a part of an uncompressed file.
    init(path: String, part: Range<Int>) throws {
        file = try InputFile(path: path, from: part.lowerBound)
        input = .allocate(capacity: Self.pieceSize)
        rest = part.count
    }

    /// Whether the data is compressed.
    var isCompressed: Bool { compression != .none }

    deinit {
        cz_decoder_free(decoder)
        input.deallocate()
    }

    /// Writes up to `count` uncompressed bytes to `start` and returns how many; 0 only at the end.
    func read(to start: UnsafeMutablePointer<UInt8>, count: Int) throws -> Int {
        guard count > 0 else { return 0 }
        while true {
            let got = decoder == nil ? copy(to: start, count: count) : try decode(to: start, count: count)
            if got > 0 { return got }
            if atEnd, begin == end { break }
            if !atEnd { try fill() }
        }
        if let decoder, cz_decoder_is_complete(decoder) == 0 {
            throw damage(
                "the \(compression.name) data ends too early",
                remedy: "the file is truncated: fetch or compress it again")
        }
        return 0
    }

    private func copy(to start: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        let taken = min(count, end - begin)
        if taken > 0, let base = input.baseAddress {
            start.update(from: base + begin, count: taken)
            begin += taken
        }
        return taken
    }

    private func decode(to start: UnsafeMutablePointer<UInt8>, count: Int) throws -> Int {
        guard let decoder, let base = input.baseAddress else { return 0 }
        while true {
            var consumed = 0
            var produced = 0
            guard cz_decode(decoder, base + begin, end - begin, start, count, &consumed, &produced) == 0 else {
                throw damage(
                    "broken \(compression.name) data (\(String(cString: cz_decoder_error(decoder))))",
                    remedy: "fetch or compress the file again")
            }
            begin += consumed
            if produced > 0 { return produced }
            if consumed == 0 || begin == end {
                if atEnd, begin < end {
                    throw damage("broken \(compression.name) data", remedy: "fetch or compress the file again")
                }
                return 0
            }
        }
    }

    /// Reads more of the file behind what is left in the buffer.
    private func fill() throws {
        guard let base = input.baseAddress else { return }
        if begin > 0 {
            base.update(from: base + begin, count: end - begin)
            end -= begin
            begin = 0
        }
        let wanted = min(input.count - end, rest)
        let got = wanted == 0 ? 0 : try file.read(to: base + end, count: wanted)
        if got == 0 { atEnd = true }
        rest -= got
        end += got
    }

    private func damage(_ problem: String, remedy: String) -> InputErrors {
        InputErrors(InputError(source: name, problem: problem, remedy: remedy))
    }
}
