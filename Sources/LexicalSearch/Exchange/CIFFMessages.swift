import DurableStorage

/// The first message of a file in the Common Index File Format (github.com/osirrc/ciff).
struct CIFFHeader: Sendable, Hashable {
    var version = 1
    /// The posting lists and document records that follow.
    var listCount = 0
    var documentCount = 0
    /// The terms and documents of the whole collection.
    var totalListCount = 0
    var totalDocumentCount = 0
    /// The sum of the documents' lengths.
    var totalLength = 0
    var averageLength = 0.0
    var description = ""

    /// The message.
    func encoded() -> ByteWriter {
        var message = ByteWriter()
        message.append(field: 1, version)
        message.append(field: 2, listCount)
        message.append(field: 3, documentCount)
        message.append(field: 4, totalListCount)
        message.append(field: 5, totalDocumentCount)
        message.append(field: 6, totalLength)
        message.append(field: 7, averageLength)
        message.append(field: 8, description)
        return message
    }

    init() {}

    init(decoding bytes: UnsafeRawBufferPointer) throws {
        version = 0
        let int32 = 0...Int(Int32.max)
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            switch field {
            case 1: version = try value.integer("version", in: int32)
            case 2: listCount = try value.integer("num_postings_lists", in: int32)
            case 3: documentCount = try value.integer("num_docs", in: int32)
            case 4: totalListCount = try value.integer("total_postings_lists", in: int32)
            case 5: totalDocumentCount = try value.integer("total_docs", in: int32)
            case 6: totalLength = try value.integer("total_terms_in_collection", in: 0...Int.max)
            case 7: averageLength = try value.double("average_doclength")
            case 8: description = try value.string("description")
            default: break
            }
        }
    }
}

/// A term with its postings: documents ascend, and stand in the file as gaps.
struct CIFFList: Sendable {
    var term: [UInt8] = []
    var collectionFrequency = 0
    var documents: [UInt32] = []
    var frequencies: [UInt32] = []

    /// The message.
    func encoded() -> ByteWriter {
        var message = ByteWriter()
        message.append(field: 1, term)
        message.append(field: 2, documents.count)
        message.append(field: 3, collectionFrequency)
        var previous: UInt32 = 0
        for (document, frequency) in zip(documents, frequencies) {
            let gap = Int(document - previous)
            previous = document
            message.appendVarint(4 << 3 | 2)
            message.appendVarint(ByteWriter.size(field: gap) + ByteWriter.size(field: Int(frequency)))
            message.append(field: 1, gap)
            message.append(field: 2, Int(frequency))
        }
        return message
    }

    /// Reads a list in place of the one that is here; every document lies below `documentLimit`.
    ///
    /// df must be the number of postings; cf is not looked at, since it is the sum of the frequencies.
    mutating func decode(_ bytes: UnsafeRawBufferPointer, documentLimit: Int) throws {
        term.removeAll(keepingCapacity: true)
        documents.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        collectionFrequency = 0
        var stated = 0
        var document = 0
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            switch field {
            case 1: term = Array(try value.string("term").utf8)
            case 2: stated = try value.integer("df", in: 0...Int(Int32.max))
            case 4:
                let (gap, frequency) = try Self.posting(value.bytes("a posting"))
                if gap == 0, !documents.isEmpty {
                    throw ProtobufError(reason: "document \(document) stands twice in the list of \(described)")
                }
                document += gap
                guard document < documentLimit else {
                    throw ProtobufError(
                        reason: "document \(document) of the list of \(described) is not below \(documentLimit)")
                }
                guard frequency > 0 else {
                    throw ProtobufError(reason: "tf is 0 in document \(document) of the list of \(described)")
                }
                documents.append(UInt32(document))
                frequencies.append(UInt32(frequency))
                collectionFrequency += frequency
            default: break
            }
        }
        if stated != documents.count {
            throw ProtobufError(reason: "df of \(described) is \(stated), and there are \(documents.count) postings")
        }
        if !(1...IndexFormat.maximumTermLength).contains(term.count) {
            throw ProtobufError(reason: "a term has \(term.count) bytes, not 1 to \(IndexFormat.maximumTermLength)")
        }
    }

    private var described: String { "'\(String(decoding: term.prefix(40), as: UTF8.self))'" }

    private static func posting(_ bytes: UnsafeRawBufferPointer) throws -> (gap: Int, frequency: Int) {
        var (gap, frequency) = (0, 0)
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            switch field {
            case 1: gap = try value.integer("the gap of a docid", in: 0...Int(Int32.max))
            case 2: frequency = try value.integer("tf", in: 0...Int(Int32.max))
            default: break
            }
        }
        return (gap, frequency)
    }
}

/// A document's number, its user's name, and its length in terms.
struct CIFFDocument: Sendable, Hashable {
    var number = 0
    var id = ""
    var length = 0

    /// The message.
    func encoded() -> ByteWriter {
        var message = ByteWriter()
        message.append(field: 1, number)
        message.append(field: 2, id)
        message.append(field: 3, length)
        return message
    }

    init(number: Int, id: String, length: Int) { (self.number, self.id, self.length) = (number, id, length) }

    init(decoding bytes: UnsafeRawBufferPointer) throws {
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            switch field {
            case 1: number = try value.integer("docid", in: 0...Int(Int32.max))
            case 2: id = try value.string("collection_docid")
            case 3: length = try value.integer("doclength", in: 0...Int(Int32.max))
            default: break
            }
        }
    }
}
