import DurableStorage

/// The documents that have one value, as a column stores them: gaps as variable-length integers, or a bitmap where that is smaller.
struct DocumentList {
    /// The number of documents.
    let count: Int
    let isBitmap: Bool
    let bytes: UnsafeRawBufferPointer

    /// The bytes of a bitmap of so many documents.
    static func bitmapSize(_ documentCount: Int) -> Int { (documentCount + 7) / 8 }

    /// Calls `body` with each document in ascending order; false where the bytes are not a list of `count` of the segment's documents.
    func forEach(documentCount: Int, _ body: (Int) throws -> Void) rethrows -> Bool {
        var found = 0
        if isBitmap {
            guard bytes.count == Self.bitmapSize(documentCount) else { return false }
            for (place, byte) in bytes.enumerated() where byte != 0 {
                var rest = byte
                while rest != 0 {
                    let document = 8 * place + rest.trailingZeroBitCount
                    if document >= documentCount { return false }
                    try body(document)
                    found += 1
                    rest &= rest - 1
                }
            }
            return found == count
        }
        var next = 0
        var place = 0
        while place < bytes.count {
            guard let gap = Varint.read(bytes, &place), gap < documentCount - next else { return false }
            try body(next + gap)
            next += gap + 1
            found += 1
        }
        return found == count
    }
}

/// Builds the bytes of a document list, document by document.
struct DocumentListEncoder {
    private var gaps = ByteWriter()
    private var next = 0
    private(set) var count = 0

    /// Whether there are no documents.
    var isEmpty: Bool { count == 0 }

    /// Adds a document, which must not lie before the last one; the last one again adds nothing, and false is returned.
    mutating func add(_ document: Int) -> Bool {
        if document < next { return false }
        gaps.appendVarint(document - next)
        next = document + 1
        count += 1
        return true
    }

    /// Appends the list to a column and begins a new one.
    mutating func finish(documentCount: Int, into column: inout ByteWriter) {
        let size = DocumentList.bitmapSize(documentCount)
        let isBitmap = size < gaps.count
        column.appendVarint(2 * count + (isBitmap ? 1 : 0))
        if isBitmap {
            column.append(bitmap(size))
        } else {
            column.appendVarint(gaps.count)
            column.append(gaps.bytes)
        }
        gaps.removeAll()
        next = 0
        count = 0
    }

    private func bitmap(_ size: Int) -> [UInt8] {
        var bitmap = [UInt8](repeating: 0, count: size)
        gaps.bytes.withUnsafeBytes { bytes in
            _ = DocumentList(count: count, isBitmap: false, bytes: bytes).forEach(documentCount: next) {
                bitmap[$0 >> 3] |= 1 << UInt8($0 & 7)
            }
        }
        return bitmap
    }
}

/// Variable-length integers in a buffer, for loops over many of them.
enum Varint {
    /// The integer at a place, which moves behind it; nil where there is none.
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 63 {
            let byte = bytes[place]
            place &+= 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(value) }
            shift += 7
        }
        return nil
    }
}
