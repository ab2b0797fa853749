#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lines of a `ByteSource`, one at a time.
///
/// A line ends with LF or CRLF; the last one needs no end. A UTF-8 byte order mark at the start of the input is
/// skipped. A line of more than `lineLimit` bytes comes out empty and marked; memory stays below twice that limit.
final class LineReader {
    /// One line; its bytes are valid until the next one is read.
    struct Line {
        /// The bytes without the line end.
        var bytes: UnsafeBufferPointer<UInt8>
        /// Counts from 1.
        var number: Int
        /// Whether the line was longer than the limit; its bytes are left out then.
        var isTooLong = false
        /// Whether the line ended with CRLF.
        var hadCarriageReturn = false
        /// Whether the line had an end at all.
        var hadEnd = true
    }

    /// The most bytes of a line: 8 MB.
    static let lineLimit = 8 << 20

    /// What messages call the source.
    var name: String { source.name }

    private let source: ByteSource
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 18
    private var begin = 0
    private var end = 0
    private var atEnd = false
    private var number = 0

    /// Where the buffer's end stands in the input.
    private var total = 0

    /// The lines of a path, or of a part of an uncompressed file; `-` is standard input.
    init(path: String, part: Range<Int>? = nil) throws {
        source = if let part { try ByteSource(path: path, part: part) } else { try ByteSource(path: path) }
        total = part?.lowerBound ?? 0
        buffer = .allocate(capacity: capacity)
        while end < 3, !atEnd { try fill() }
        if total == end, end >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { begin = 3 }
    }

    deinit {
        buffer.deallocate()
    }

    /// The first bytes of the input, up to the buffer's size, without moving on.
    var lookahead: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: buffer + begin, count: end - begin) }

    /// Where the next line begins in the input, in bytes.
    var position: Int { total - (end - begin) }

    /// Whether the input is compressed.
    var isCompressed: Bool { source.isCompressed }

    /// The next line, or nil at the end.
    func next() throws -> Line? {
        var searched = 0
        while true {
            if end - begin > searched, let found = memchr(buffer + begin + searched, 10, end - begin - searched) {
                let length = UnsafeRawPointer(found) - UnsafeRawPointer(buffer + begin)
                return line(length: length, hadEnd: true)
            }
            searched = end - begin
            if atEnd { return searched == 0 ? nil : line(length: searched, hadEnd: false) }
            if searched > Self.lineLimit + 1 { return try skipLongLine() }
            try fill()
        }
    }

    private func line(length: Int, hadEnd: Bool) -> Line {
        number += 1
        let start = buffer + begin
        begin += length + (hadEnd ? 1 : 0)
        let cut = hadEnd && length > 0 && start[length - 1] == 13
        let kept = cut ? length - 1 : length
        let long = kept > Self.lineLimit
        return Line(
            bytes: UnsafeBufferPointer(start: start, count: long ? 0 : kept), number: number, isTooLong: long,
            hadCarriageReturn: cut, hadEnd: hadEnd)
    }

    private func skipLongLine() throws -> Line {
        number += 1
        while true {
            if end > begin, let found = memchr(buffer + begin, 10, end - begin) {
                begin += UnsafeRawPointer(found) - UnsafeRawPointer(buffer + begin) + 1
                break
            }
            begin = end
            if atEnd { break }
            try fill()
        }
        return Line(bytes: UnsafeBufferPointer(start: buffer, count: 0), number: number, isTooLong: true)
    }

    private func fill() throws {
        if begin > 0 {
            if end > begin { memmove(buffer, buffer + begin, end - begin) }
            end -= begin
            begin = 0
        }
        if end == capacity {
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            larger.update(from: buffer, count: end)
            buffer.deallocate()
            buffer = larger
            capacity *= 2
        }
        let got = try source.read(to: buffer + end, count: capacity - end)
        if got == 0 { atEnd = true }
        end += got
        total += got
    }
}
