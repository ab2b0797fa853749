import DurableStorage

/// Walks through a dictionary term by term, for merging.
struct TermCursor {
    private let dictionary: TermDictionary
    private var reader: TermBlockReader?
    private var place = 0
    private var bytes: [UInt8] = []
    /// The term at hand; nil at the end.
    private(set) var term: [UInt8]?
    /// Its entry.
    private(set) var entry = TermEntry(
        documentFrequency: 0, collectionFrequency: 0, postingsOffset: 0, postingsLength: 0)

    /// A cursor at the first term.
    init(_ dictionary: TermDictionary) throws {
        self.dictionary = dictionary
        try next()
    }

    /// Goes on to the next term.
    mutating func next() throws {
        guard place < dictionary.termCount else {
            term = nil
            return
        }
        if place % TermDictionaryLayout.blockSize == 0 {
            reader = try dictionary.reader(ofBlock: place / TermDictionaryLayout.blockSize)
            bytes.removeAll(keepingCapacity: true)
        }
        if let found = try reader?.next(&bytes) { entry = found }
        if let term, !term.lexicographicallyPrecedes(bytes) {
            throw StorageError.corrupt(file: dictionary.file.file.name, reason: "its terms do not ascend")
        }
        term = bytes
        place += 1
    }
}
