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
    /// For each distinct term of a document its number doubled, plus one where a word with its frequency follows (if it is not 1).
    var words: [UInt32] = []
}

/// Analyses documents on one thread and counts their terms.
final class DocumentInverter {
    let table = TermTable()
    private let number: Int
    private let session: AnalyzerSession
    /// For each term the number of documents that hold it.
    private(set) var documentFrequencies: [UInt32] = []
    /// For each term the document that last held it (plus one, counted over all of this inverter) and its place in `found`.
    private var last: [(document: UInt32, place: UInt32)] = []
    private var found: [(term: UInt32, frequency: UInt32)] = []
    private var seen: UInt32 = 0

    init(number: Int, analyzer: Analyzer) {
        self.number = number
        session = analyzer.makeSession()
    }

    /// The bytes of memory in use.
    var memory: Int { table.memory + 12 * table.count }

    /// Analyses documents, the first of which has the given number.
    func invert(_ documents: ArraySlice<Document>, firstDocument: Int) -> InvertedChunk {
        var chunk = InvertedChunk(inverter: number, firstDocument: firstDocument)
        for document in documents {
            seen += 1
            found.removeAll(keepingCapacity: true)
            var length: UInt32 = 0
            session.forEachTerm(in: document.contents) { term, _ in
                length += 1
                count(table.number(of: term))
            }
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
        return chunk
    }

    @inline(__always)
    private func count(_ term: Int) {
        if term == last.count {
            last.append((0, 0))
            documentFrequencies.append(0)
        }
        let known = last[term]
        if known.document == seen {
            found[Int(known.place)].frequency += 1
        } else {
            last[term] = (seen, UInt32(found.count))
            documentFrequencies[term] += 1
            found.append((UInt32(term), 1))
        }
    }
}
