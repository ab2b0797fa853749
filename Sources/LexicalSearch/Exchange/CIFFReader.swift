import RetrievalData

/// Reads a file in the Common Index File Format message by message; errors name the file, the message's number and
/// the cause.
final class CIFFReader {
    private let input: InputBytes
    private let name: String
    private(set) var header = CIFFHeader()
    /// The number of messages that were read, the header among them.
    private var messageCount = 0
    private var bytes: [UInt8] = []
    private var list = CIFFList()

    /// The only version there is.
    private static let version = 1

    /// Opens a file and reads its header.
    init(path: String) throws {
        input = try InputBytes(path: path)
        name = input.name
        try nextMessage("header") { header = try CIFFHeader(decoding: $0) }
        if header.version != Self.version {
            throw problem("header", "version \(header.version) is not \(Self.version)")
        }
    }

    /// Reads all lists, every document of which lies below `documentLimit`; terms must ascend in byte order.
    func forEachList(documentLimit: Int, _ body: (CIFFList) throws -> Void) throws {
        var previous: [UInt8] = []
        for _ in 0..<header.listCount {
            var list = list
            self.list = CIFFList()
            try nextMessage("posting list") { bytes in
                try list.decode(bytes, documentLimit: documentLimit)
                guard previous.lexicographicallyPrecedes(list.term) else {
                    throw ProtobufError(
                        reason: """
                            its term '\(String(decoding: list.term, as: UTF8.self))' does not follow \
                            '\(String(decoding: previous, as: UTF8.self))' in byte order
                            """)
                }
            }
            previous = list.term
            try body(list)
            self.list = list
        }
    }

    /// Leaves out all lists.
    func skipLists() throws {
        for _ in 0..<header.listCount {
            messageCount += 1
            guard try input.skip(try length("posting list")) else { throw endsTooEarly("posting list") }
        }
    }

    /// Reads all document records, which must be numbered from 0 and end the file.
    func forEachDocument(_ body: (CIFFDocument) throws -> Void) throws {
        for number in 0..<header.documentCount {
            var document = CIFFDocument(number: 0, id: "", length: 0)
            try nextMessage("document record") { bytes in
                document = try CIFFDocument(decoding: bytes)
                if document.number != number {
                    throw ProtobufError(reason: "docid \(document.number) stands where \(number) is due")
                }
                if let reason = Self.reasonAgainst(id: document.id) { throw ProtobufError(reason: reason) }
            }
            try body(document)
        }
        if try input.byte() != nil {
            throw InputErrors(
                InputError(
                    source: name,
                    problem: "there are bytes after the \(messageCount) messages that the header announces",
                    remedy: "write the file again"))
        }
    }

    private static func reasonAgainst(id: String) -> String? {
        if id.isEmpty { return "collection_docid is empty" }
        if id.utf8.count > IndexFormat.maximumIDLength {
            return "collection_docid is longer than \(IndexFormat.maximumIDLength) bytes"
        }
        let isPlain = id.unicodeScalars.allSatisfy {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .control
        }
        return isPlain ? nil : "collection_docid '\(id.prefix(40))' holds white space or control characters"
    }

    private func nextMessage(_ kind: String, _ decode: (UnsafeRawBufferPointer) throws -> Void) throws {
        messageCount += 1
        guard try input.read(try length(kind), into: &bytes) else { throw endsTooEarly(kind) }
        do {
            try bytes.withUnsafeBytes(decode)
        } catch let error as ProtobufError {
            throw problem(kind, error.reason)
        }
    }

    /// The length before a message.
    private func length(_ kind: String) throws -> Int {
        var value = 0
        for place in 0..<5 {
            guard let byte = try input.byte() else { throw endsTooEarly(kind) }
            value |= Int(byte & 0x7F) << (7 * place)
            if byte < 0x80, value <= Int(Int32.max) { return value }
        }
        throw problem(kind, "its length is no 31-bit number")
    }

    private func endsTooEarly(_ kind: String) -> InputErrors {
        problem(
            kind,
            "the file ends within it; the header announces \(header.listCount) lists and \(header.documentCount) documents"
        )
    }

    /// An error of the current message.
    func problem(_ kind: String, _ reason: String) -> InputErrors {
        InputErrors(
            InputError(
                source: name, problem: "message \(messageCount) (\(kind)): \(reason)",
                remedy: "write the file again with a program that keeps to CIFF (Documentation/formats/ciff.md)"))
    }
}
