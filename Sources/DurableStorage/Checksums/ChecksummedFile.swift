import Synchronization

/// Reads a file in the checksummed container; no byte of it is handed out before the page it lies in was verified.
///
/// Opening verifies the page table, the footer and the first page: O(size / 16 KiB / 4), far below a millisecond for a gigabyte. A page is
/// verified when it is first touched; after that a check of one bit remains.
public final class ChecksummedFile: Sendable {
    /// The file's bytes.
    public let file: MappedFile
    /// The version that the header states.
    public let version: UInt16
    /// The size and checksum of the whole file.
    public let seal: FileSeal
    /// The offset at which the body ends; it begins at `bodyStart`.
    public let bodyEnd: Int
    private let verified: VerifiedPages
    @usableFromInline let base: UncheckedAddress

    /// The offset of the first byte after the header.
    public static let bodyStart = ChecksummedFormat.headerSize

    /// Opens a file of a directory; `expected` is what a manifest says of it, if one does.
    public convenience init(
        _ directory: any Directory, _ name: String, kind: FileKind, version: UInt16, expected: FileSeal? = nil
    ) throws {
        try self.init(directory.open(name), kind: kind, version: version, expected: expected)
    }

    /// Opens a mapped file; throws `corrupt` for any difference from what was written, `incompatible` for a newer version.
    public init(_ file: MappedFile, kind: FileKind, version: UInt16, expected: FileSeal? = nil) throws {
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.name, reason: reason) }
        let view = file.view
        if let expected, expected.size != file.count {
            throw corrupt("it has \(file.count) bytes, the manifest says \(expected.size)")
        }
        let minimum = ChecksummedFormat.headerSize + 4 + ChecksummedFormat.footerSize
        if file.count < minimum { throw corrupt("it has only \(file.count) bytes") }
        let magic = try view.view(offset: 0, count: 8).bytes
        if magic != ChecksummedFormat.magic { throw corrupt("it does not begin with the mark of an index file") }
        let footer = file.count - ChecksummedFormat.footerSize
        if try view.load(UInt32.self, at: footer + 8) != ChecksummedFormat.endMark {
            throw corrupt("its end is missing")
        }
        let length = try view.load(UInt64.self, at: footer)
        guard length >= UInt64(ChecksummedFormat.headerSize), length <= UInt64(footer) else {
            throw corrupt("its body length \(length) is impossible")
        }
        let bodyEnd = Int(length)
        let pages = (bodyEnd + ChecksummedFormat.pageSize - 1) >> ChecksummedFormat.pageBits
        if bodyEnd + 4 * pages != footer { throw corrupt("its body length \(length) does not fit its size") }
        let sealed = try view.view(offset: bodyEnd, count: footer + 12 - bodyEnd)
        let checksum = sealed.withUnsafeBytes(CRC32C.checksum)
        let stated = try view.load(UInt32.self, at: footer + 12)
        if checksum != stated { throw corrupt("the checksum of its page table does not match") }
        if let expected, expected.checksum != checksum { throw corrupt("it is not the file that the manifest names") }

        self.file = file
        base = UncheckedAddress(pointer: view.start)
        self.bodyEnd = bodyEnd
        self.version = try view.load(UInt16.self, at: 12)
        seal = FileSeal(size: file.count, checksum: checksum)
        verified = VerifiedPages(count: pages)
        try verify(offset: 0, count: ChecksummedFormat.headerSize)
        if try view.load(UInt32.self, at: 8) != kind.code { throw corrupt("it is not of kind \(kind)") }
        let pageBits = try view.load(UInt8.self, at: 14)
        if self.version != version || pageBits != UInt8(ChecksummedFormat.pageBits) {
            throw StorageError.incompatible(
                file: file.name, reason: "it has format version \(self.version), this program reads version \(version)",
                remedy: "build the index again with this version")
        }
    }

    /// A verified view of some bytes of the body, addressed from the file's beginning.
    public func view(offset: Int, count: Int) throws -> ByteView {
        try require(offset: offset, count: count)
        return ByteView(file: file, start: base.pointer + offset, count: count)
    }

    /// The verified little-endian integer at an offset of the body, addressed from the file's beginning.
    @inlinable
    public func load<T: FixedWidthInteger>(_ type: T.Type = T.self, at offset: Int) throws -> T {
        try require(offset: offset, count: MemoryLayout<T>.size)
        return T(littleEndian: base.pointer.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// Verified bytes of the body for the duration of `body`, addressed from the file's beginning.
    @inlinable
    public func withBytes<R>(offset: Int, count: Int, _ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
        try require(offset: offset, count: count)
        return try body(UnsafeRawBufferPointer(start: base.pointer + offset, count: count))
    }

    /// Throws unless bytes lie in the body and their pages are sound.
    @usableFromInline
    func require(offset: Int, count: Int) throws {
        guard offset >= Self.bodyStart, count >= 0, offset <= bodyEnd &- count else {
            throw StorageError.corrupt(file: file.name, reason: "bytes \(offset)..+\(count) lie outside of its body")
        }
        try verify(offset: offset, count: count)
    }

    /// A view of the whole body, all of it verified.
    public func body() throws -> ByteView { try view(offset: Self.bodyStart, count: bodyEnd - Self.bodyStart) }

    /// The number of pages, for `verifyPage(_:)`.
    public var pageCount: Int { verified.count }

    /// Verifies one page again, whether or not it was verified before.
    public func verifyPage(_ page: Int) throws {
        guard page >= 0, page < verified.count else { return }
        let start = page << ChecksummedFormat.pageBits
        let bytes = try file.view(offset: start, count: min(ChecksummedFormat.pageSize, bodyEnd - start))
        let stated = try file.view.load(UInt32.self, at: bodyEnd + 4 * page)
        if bytes.withUnsafeBytes(CRC32C.checksum) != stated {
            throw StorageError.corrupt(
                file: file.name, reason: "the checksum of bytes \(start)..<\(start + bytes.count) does not match")
        }
        verified.insert(page)
    }

    /// Verifies the pages that hold some bytes of the body, unless that was done before.
    @inline(__always)
    private func verify(offset: Int, count: Int) throws {
        if count == 0 { return }
        let last = (offset &+ count &- 1) >> ChecksummedFormat.pageBits
        var page = offset >> ChecksummedFormat.pageBits
        while page <= last {
            if !verified.contains(page) { try verifyPage(page) }
            page &+= 1
        }
    }
}

/// The address of a mapped file's bytes, which never change.
@usableFromInline
struct UncheckedAddress: @unchecked Sendable {
    @usableFromInline let pointer: UnsafeRawPointer
}

/// A set of page numbers that threads share without a lock; verifying a page twice does no harm.
private final class VerifiedPages: @unchecked Sendable {
    let count: Int
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int

    init(count: Int) {
        self.count = count
        wordCount = (count + 63) / 64
        words = .allocate(capacity: max(wordCount, 1))
        for index in 0..<wordCount { (words + index).initialize(to: Atomic(0)) }
    }

    deinit {
        words.deinitialize(count: wordCount)
        words.deallocate()
    }

    /// Whether the page was verified; `page` lies below `count` as its bytes lie in the body.
    @inline(__always)
    func contains(_ page: Int) -> Bool {
        words[page >> 6].load(ordering: .relaxed) & (1 << UInt64(page & 63)) != 0
    }

    func insert(_ page: Int) {
        words[page >> 6].bitwiseOr(1 << UInt64(page & 63), ordering: .relaxed)
    }
}
