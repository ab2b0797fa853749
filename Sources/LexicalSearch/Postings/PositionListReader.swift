import DurableStorage

/// Reads the positions of one term's postings, forward within a block, any block first.
///
/// Every byte was verified when the view was made, and every number is checked before it is used: a file made with ill intent throws
/// `corrupt` and never traps.
struct PositionListReader {
    private let view: ByteView
    private let blockCount: Int
    /// The bytes of each number at the head of the list; 0 where there are none.
    private let width: Int
    private let dataStart: Int
    private var offset = 0
    private var end = 0

    /// A reader of the list of a term with `count` postings, before its first block.
    init(_ view: ByteView, count: Int) throws {
        self.view = view
        blockCount = (max(0, count) + IndexFormat.blockSize - 1) / IndexFormat.blockSize
        width = count >= IndexFormat.blockSize ? Int(try view.load(UInt8.self, at: 0)) : 0
        dataStart = width == 0 ? 0 : 1 + width * blockCount
        guard count >= 1, count < IndexFormat.blockSize || (1...8).contains(width), dataStart <= view.count else {
            throw corrupt("has an impossible head")
        }
        try begin(block: 0)
    }

    /// Goes before the first posting of a block.
    mutating func begin(block: Int) throws {
        guard block >= 0, block < blockCount else { throw corrupt("has no such block") }
        if width == 0 {
            (offset, end) = (0, view.count)
            return
        }
        let start = block == 0 ? 0 : try blockEnd(block - 1)
        let stop = try blockEnd(block)
        guard start <= stop, stop <= view.count - dataStart else { throw corrupt("has a block outside of its bytes") }
        (offset, end) = (dataStart + start, dataStart + stop)
    }

    private func blockEnd(_ block: Int) throws -> Int {
        var value: UInt64 = 0
        for place in 0..<width {
            value |= UInt64(try view.load(UInt8.self, at: 1 + width * block + place)) << UInt64(8 * place)
        }
        guard value <= UInt64(view.count) else { throw corrupt("has a block outside of its bytes") }
        return Int(value)
    }

    /// Whether all positions of the block were read.
    var isAtEndOfBlock: Bool { offset == end }

    /// Where the last block ends; a sound list holds nothing beyond.
    var listEnd: Int { get throws { width == 0 ? view.count : dataStart + (try blockEnd(blockCount - 1)) } }

    /// The coded positions of the next posting, which has that frequency; valid while the file lives.
    mutating func next(frequency: UInt32) throws -> UnsafeRawBufferPointer {
        let bytes = UnsafeRawBufferPointer(rebasing: view.unsafeBytes[offset..<end])
        let length = PositionCoding.length(of: frequency, in: bytes, at: 0)
        // Each position takes at least one byte, the last of which is below 0x80.
        guard frequency > 0, length >= Int(frequency), bytes[length - 1] < 0x80 else { throw corrupt("ends early") }
        offset += length
        return UnsafeRawBufferPointer(rebasing: bytes[..<length])
    }

    /// Passes over so many positions.
    mutating func skip(_ count: Int) throws {
        let bytes = UnsafeRawBufferPointer(rebasing: view.unsafeBytes[offset..<end])
        offset += PositionCoding.length(of: UInt32(clamping: count), in: bytes, at: 0)
    }

    /// Puts the positions of the next posting, which has that frequency, into an array: ascending, below 2^32.
    mutating func read(frequency: UInt32, into positions: inout [UInt32]) throws {
        let bytes = try next(frequency: frequency)
        positions.removeAll(keepingCapacity: true)
        var last: UInt64 = 0
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            value |= UInt64(byte & 0x7F) << shift
            shift += 7
            if byte >= 0x80 {
                if shift > 28 { throw corrupt("holds an impossible position") }
                continue
            }
            let position = last + value
            guard position <= UInt64(UInt32.max) else { throw corrupt("holds an impossible position") }
            positions.append(UInt32(position))
            last = position
            (value, shift) = (0, 0)
        }
        guard positions.count == Int(frequency) else { throw corrupt("does not hold its positions") }
    }

    private func corrupt(_ what: String) -> StorageError {
        .corrupt(file: view.file.name, reason: "a list of positions \(what)")
    }
}
