#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Collects what is wrong with one input and says when to stop.
struct InputCheck {
    /// What messages call the input.
    let source: String
    private(set) var errors = InputErrors()

    init(source: String) { self.source = source }

    /// Whether nothing was wrong so far.
    var isClean: Bool { errors.isEmpty }

    /// Notes an error; throws all of them when there is no room for more.
    mutating func report(line: Int?, _ problem: String, remedy: String) throws {
        try add(InputError(source: source, line: line, problem: problem, remedy: remedy))
    }

    /// Notes an error that was made elsewhere; throws all of them when there is no room for more.
    mutating func add(_ error: InputError) throws {
        if !errors.add(error) { throw errors }
    }

    /// Throws if there was any error.
    func finish() throws { try errors.throwIfAny() }

    /// Runs a step; an error that ends reading (a truncated file) is thrown together with those found before it.
    mutating func joining(_ step: () throws -> LineReader.Line?) throws -> LineReader.Line? {
        do {
            return try step()
        } catch let last as InputErrors where !errors.isEmpty {
            for error in last.errors where !errors.add(error) { break }
            throw errors
        }
    }

    /// Reports what is wrong with a line's bytes whatever its format; returns whether the line can be used.
    mutating func accepts(_ line: LineReader.Line) throws -> Bool {
        if line.isTooLong {
            try report(
                line: line.number, "the line is longer than \(LineReader.lineLimit >> 20) MB",
                remedy: "split the document, or check that the file has line ends")
            return false
        }
        if let start = line.bytes.baseAddress, memchr(start, 0, line.bytes.count) != nil {
            try report(
                line: line.number, "the line holds a NUL byte",
                remedy:
                    "the file is damaged or not UTF-8; convert it (UTF-16: iconv -f UTF-16 -t UTF-8)"
            )
            return false
        }
        return true
    }

    /// The text of bytes, or nil, reported, where they are not UTF-8.
    mutating func text(_ bytes: some Collection<UInt8>, line: Int) throws -> String? {
        // ASCII, by far the most, needs no validation, and `decoding` is several times faster.
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        try reportBadUTF8(line: line)
        return nil
    }

    /// Reports bytes that are not UTF-8.
    mutating func reportBadUTF8(line: Int) throws {
        try report(
            line: line, "the bytes are not valid UTF-8",
            remedy: "convert the file to UTF-8 (for example: iconv -f LATIN1 -t UTF-8)")
    }
}

extension LineReader.Line {
    /// Whether the line holds nothing but white space.
    var isBlank: Bool { !isTooLong && bytes.allSatisfy { $0 == 32 || ($0 >= 9 && $0 <= 13) } }
}
