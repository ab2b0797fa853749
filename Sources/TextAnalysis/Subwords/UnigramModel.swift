/// A unigram language model (Kudo 2018, section 3.2): of all ways to cut a word the one with the highest sum of log probabilities.
///
/// Viterbi's algorithm over a trie, O(n) for n bytes times the longest piece. Equal to `Unigram` of Hugging Face's tokenizers:
/// double precision, of equal sums the one found first, unknown characters side by side become one.
struct UnigramModel: Sendable {
    let pieces: PieceIndex
    let unknown: Int32?
    let bytes: [Int32?]?
    private let scores: [Double]
    private let unknownScore: Double
    private let trie: PieceTrie

    /// What an unknown character costs below the least likely piece.
    private static let unknownPenalty = 10.0

    init(pieces: PieceIndex, scores: [Double], unknown: Int32?, bytes: [Int32?]?) {
        self.pieces = pieces
        self.scores = scores
        self.unknown = unknown
        self.bytes = bytes
        unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
        trie = PieceTrie(pieces, continuingPrefix: "")
    }

    private struct Best {
        var score = 0.0
        var start: Int32 = -1
        var id: Int32 = -1
    }

    /// Appends the ids of a word, which is well-formed UTF-8.
    func append(_ word: UnsafeBufferPointer<UInt8>, to output: inout [Int32]) {
        var best = [Best](repeating: Best(), count: word.count + 1)
        var start = 0
        while start < word.count {
            let score = best[start].score
            var next = start + 1
            while next < word.count, word[next] & 0xC0 == 0x80 { next += 1 }
            var hasCharacter = false
            trie.forEachPiece(in: word, at: start) { end, id in
                let sum = scores[Int(id)] + score
                if best[end].start < 0 || sum > best[end].score {
                    best[end] = Best(score: sum, start: Int32(start), id: id)
                }
                if end == next { hasCharacter = true }
            }
            if !hasCharacter {
                let sum = unknownScore + score
                if best[next].start < 0 || sum > best[next].score {
                    best[next] = Best(score: sum, start: Int32(start), id: unknown ?? -1)
                }
            }
            start = next
        }
        var parts: [(range: Range<Int>, id: Int32)] = []
        var end = word.count
        while end > 0 {
            let part = (range: Int(best[end].start)..<end, id: best[end].id)
            if part.id == unknown ?? -1, let last = parts.last, last.id == part.id {
                parts[parts.count - 1].range = part.range.lowerBound..<last.range.upperBound
            } else {
                parts.append(part)
            }
            end = part.range.lowerBound
        }
        for part in parts.reversed() { append(part.id, UnsafeBufferPointer(rebasing: word[part.range]), to: &output) }
    }

    private func append(_ id: Int32, _ text: UnsafeBufferPointer<UInt8>, to output: inout [Int32]) {
        if let id = id == unknown || id < 0 ? pieces.id(text) : id {
            output.append(id)
        } else if let bytes, text.allSatisfy({ bytes[Int($0)] != nil }) {
            output += text.compactMap { bytes[Int($0)] }
        } else if let unknown {
            output.append(unknown)
        }
    }
}
