import RetrievalData
import TextAnalysis

/// Some consecutive documents after analysis: for each its length and its distinct terms with their frequencies.
struct InvertedChunk: Sendable {
    /// Which inverter's numbers the terms have.
    var inverter: Int
    /// The number of the first document.
    var firstDocument: Int
    /// The length of each document in terms.
    var lengths: [UInt32] = []
    /// The end of each document in `words`.
    var ends: [Int] = []
    /// The number of postings.
    var postingCount = 0
    /// The bytes that its postings take, now and when they are sorted.
    var memory = 0
    /// The bytes that its inverter's terms took then.
    var inverterMemory = 0
    /// For each distinct term of a document its number doubled, plus one where a word with its frequency follows (if it is not 1).
    var words: [UInt32] = []
    /// The coded positions of the postings in the order of `words`; nil where none are stored.
    var positions: PositionBytes?
}

/// Analyses documents on one thread and counts their terms.
final class DocumentInverter {
    private let number: Int
    private let source: FieldSource
    private let session: AnalyzerSession
    private var contents: [UInt8] = []
    /// What changes with every token, behind a pointer: the compiler then needs no exclusivity checks in the inner loop.
    private let state: UnsafeMutablePointer<TermCounts>
    private let recordsPositions: Bool

    init(number: Int, analyzer: Analyzer, source: FieldSource = .contents, recordsPositions: Bool = false) {
        self.number = number
        self.source = source
        self.recordsPositions = recordsPositions
        session = analyzer.makeSession()
        state = .allocate(capacity: 1)
        state.initialize(to: TermCounts())
    }

    deinit {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// The terms, numbered.
    var table: TermTable { state.pointee.table }
    /// For each term the number of documents that hold it.
    var documentFrequencies: [UInt32] { state.pointee.documentFrequencies }
    /// The bytes of memory in use.
    var memory: Int { table.memory + 12 * table.count }

    /// Analyses documents, the first of which has the given number.
    func invert(_ documents: ArraySlice<Document>, firstDocument: Int) -> InvertedChunk {
        var chunk = InvertedChunk(inverter: number, firstDocument: firstDocument)
        let state = state
        for document in documents {
            state.pointee.beginDocument()
            withText(of: document) { text in
                if recordsPositions {
                    session.forEachTermNumber(in: text, numbering: { state.pointee.number(of: $0) }) {
                        state.pointee.count($0, at: $1)
                    }
                } else {
                    session.forEachTermNumber(in: text, numbering: { state.pointee.number(of: $0) }) { term, _ in
                        state.pointee.count(term)
                    }
                }
            }
            if recordsPositions { state.pointee.codePositions() }
            state.pointee.endDocument(&chunk)
        }
        chunk.memory = 4 * chunk.words.capacity + 8 * chunk.postingCount + 12 * chunk.lengths.capacity
        if recordsPositions {
            let positions = state.pointee.positions.take()
            chunk.positions = positions
            chunk.memory += positions.bytes.count + MemoryLayout<UnsafeRawBufferPointer>.size * chunk.postingCount
        }
        chunk.inverterMemory = memory
        return chunk
    }

    /// The bytes of the field's text.
    private func withText(of document: Document, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text: String
        switch source {
        case .contents: return withContents(of: document, body)
        case .title: text = document.title
        case .text: text = document.text
        case .metadata(let key): text = FieldSource.metadata(key, of: document)
        }
        text.withUTF8(body)
    }

    /// The bytes of `Document.contents`, without making a string of them.
    private func withContents(of document: Document, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text = document.text
        if document.title.isEmpty { return text.withUTF8(body) }
        var title = document.title
        contents.removeAll(keepingCapacity: true)
        title.withUTF8 { contents.append(contentsOf: $0) }
        contents.append(UInt8(ascii: " "))
        text.withUTF8 { contents.append(contentsOf: $0) }
        contents.withUnsafeBufferPointer(body)
    }
}

/// The terms that one inverter has seen, and those of the document at hand.
struct TermCounts {
    let table = TermTable()
    private(set) var documentFrequencies: [UInt32] = []
    /// For each term the document that last held it (counted over all of this inverter, from 1) and its place in `found`.
    private var last: [(document: UInt32, place: UInt32)] = []
    private var found: [(term: UInt32, frequency: UInt32)] = []
    private var document: UInt32 = 0
    private var length: UInt32 = 0
    /// The positions of the chunk's terms, where they are recorded.
    var positions = PositionRecorder()

    mutating func beginDocument() {
        document += 1
        length = 0
        found.removeAll(keepingCapacity: true)
    }

    /// The number of a term.
    mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let term = table.number(of: bytes)
        if term == last.count {
            last.append((0, 0))
            documentFrequencies.append(0)
        }
        return UInt32(truncatingIfNeeded: term)
    }

    @inline(__always)
    mutating func count(_ term: UInt32) {
        length += 1
        let index = Int(term)
        let known = last[index]
        if known.document == document {
            found[Int(known.place)].frequency += 1
        } else {
            last[index] = (document, UInt32(truncatingIfNeeded: found.count))
            documentFrequencies[index] += 1
            found.append((term, 1))
        }
    }

    /// Counts a term and records its position.
    @inline(__always)
    mutating func count(_ term: UInt32, at position: Int) {
        count(term)
        positions.add(place: last[Int(term)].place, position: position)
    }

    /// Codes the positions of the document at hand.
    mutating func codePositions() { positions.endDocument(found.lazy.map(\.frequency)) }

    mutating func endDocument(_ chunk: inout InvertedChunk) {
        chunk.lengths.append(length)
        chunk.postingCount += found.count
        for (term, frequency) in found {
            if frequency == 1 {
                chunk.words.append(term << 1)
            } else {
                chunk.words.append(term << 1 | 1)
                chunk.words.append(frequency)
            }
        }
        chunk.ends.append(chunk.words.count)
    }
}
