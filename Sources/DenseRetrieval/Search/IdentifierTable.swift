import DurableStorage
import RetrievalData
import Synchronization

/// Document ids in row order over the bytes of `ids.txt`, one id a line.
final class IdentifierTable: Sendable {
    private let bytes: ByteView
    /// Where each id begins; one more than there are ids, each end one line feed before the next beginning.
    private let starts: [Int]
    private let order = Mutex<[Int32]?>(nil)

    /// Reads the ids; throws `StorageError.corrupt` where a line is empty or the last is not ended.
    init(_ bytes: ByteView) throws {
        self.bytes = bytes
        starts = try bytes.withUnsafeBytes { raw in
            var starts = [0]
            for (place, byte) in raw.enumerated() where byte == UInt8(ascii: "\n") {
                guard place > starts[starts.count - 1] else {
                    throw StorageError.corrupt(file: bytes.file.name, reason: "line \(starts.count) has no id")
                }
                starts.append(place + 1)
            }
            guard starts[starts.count - 1] == raw.count else {
                throw StorageError.corrupt(file: bytes.file.name, reason: "its last line has no end")
            }
            guard starts.count <= Int(Int32.max) else {
                throw StorageError.corrupt(file: bytes.file.name, reason: "it has \(starts.count - 1) ids")
            }
            return starts
        }
    }

    /// Ids in memory, which must not be empty or hold a line feed.
    convenience init(_ ids: [DocumentID]) throws {
        var bytes: [UInt8] = []
        for id in ids {
            bytes.append(contentsOf: id.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        try self.init(MappedFile(name: "ids.txt", bytes: bytes).view)
    }

    /// The number of ids.
    var count: Int { starts.count - 1 }

    /// One id.
    subscript(row: Int) -> DocumentID {
        withBytes(row) { String(decoding: $0, as: UTF8.self) }
    }

    /// The lines of some rows, which must exist.
    func lines(_ rows: Range<Int>) throws -> ByteView {
        try bytes.view(offset: starts[rows.lowerBound], count: starts[rows.upperBound] - starts[rows.lowerBound])
    }

    /// Whether the id of one row precedes that of another in byte order.
    func precedes(_ a: Int, _ b: Int) -> Bool {
        withBytes(a) { first in withBytes(b) { second in first.lexicographicallyPrecedes(second) } }
    }

    /// The row of an id.
    ///
    /// Complexity: O(log n), after O(n log n) once.
    func row(of id: DocumentID) -> Int? {
        let sorted = order.withLock { held in
            if let known = held { return known }
            let made = (0..<Int32(count)).sorted { precedes(Int($0), Int($1)) }
            held = made
            return made
        }
        var id = id
        return id.withUTF8 { wanted in
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                let less = withBytes(Int(sorted[middle])) { $0.lexicographicallyPrecedes(wanted) }
                if less { low = middle + 1 } else { high = middle }
            }
            guard low < sorted.count else { return nil }
            let row = Int(sorted[low])
            return withBytes(row) { $0.elementsEqual(wanted) } ? row : nil
        }
    }

    private func withBytes<Result>(_ row: Int, _ body: (Slice<UnsafeRawBufferPointer>) -> Result) -> Result {
        let range = starts[row]..<(starts[row + 1] - 1)
        return bytes.withUnsafeBytes { body($0[range]) }
    }
}
