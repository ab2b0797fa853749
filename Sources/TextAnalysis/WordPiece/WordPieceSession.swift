/// What a tokenizer of BERT's kind needs: BertNormalizer or none, BertPreTokenizer, WordPiece, and added tokens found in the raw text alone.
///
/// Such a pipeline never looks across ASCII white space, so the ids of whole chunks can be kept; see ``WordPieceSession``.
struct BertPieces: Sendable {
    var normalization: BertNormalization
    var trie: PieceTrie
    var unknown: Int32
    /// The longest word that is cut into pieces, in characters.
    var longest: Int
    var matcher: AddedTokenMatcher

    /// The parts of a pipeline of BERT's kind; nil for others.
    init?(
        addedTokens: [AddedPiece], normalizer: TextNormalizer?, preTokenizer: PreTokenizer?, model: SubwordModel
    ) {
        guard case .wordPiece(let trie, let unknown, let longest) = model, case .bert? = preTokenizer,
            let normalization = Self.normalization(normalizer), addedTokens.allSatisfy(\.isPlain)
        else { return nil }
        self.normalization = normalization
        self.trie = trie
        self.unknown = unknown
        self.longest = longest
        matcher = AddedTokenMatcher(addedTokens.map { ($0.text, $0.id) })
    }

    private static func normalization(_ normalizer: TextNormalizer?) -> BertNormalization? {
        switch normalizer {
        case nil:
            BertNormalization(
                cleanText: false, handleChineseCharacters: false, stripAccents: false, lowercase: false)
        case .bert(let options): options
        case .sequence(let parts) where parts.count == 1: normalization(parts[0])
        default: nil
        }
    }
}

/// The working state of a tokenizer of BERT's kind on one thread: buffers and a cache of the ids of chunks; not `Sendable`.
///
/// The fast path of ``SubwordSession``; ids do not depend on what the session has seen before.
final class WordPieceSession {
    private let trie: PieceTrie
    private let matcher: AddedTokenMatcher
    private let unknown: Int32
    private let longest: Int
    private var words: BertWords
    private let cache = ByteKeyedCache<Int32>()
    private var pieces: [Int32] = []

    init(_ parts: BertPieces) {
        trie = parts.trie
        matcher = parts.matcher
        unknown = parts.unknown
        longest = parts.longest
        words = BertWords(parts.normalization)
    }

    /// The ids of a text, without special tokens of its own and without truncation.
    func encode(_ text: String) -> [Int32] {
        var text = text
        var ids: [Int32] = []
        text.withUTF8 { encode($0, into: &ids) }
        return ids
    }

    /// Appends the ids of bytes that should be UTF-8; ill-formed ones are treated as U+FFFD.
    func encode(_ utf8: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]) {
        var output: [Int32] = []
        swap(&output, &ids)
        matcher.forEach(in: utf8) { start, end in
            BertWords.forEachChunk(in: utf8, from: start, to: end) { chunk in append(chunk, to: &output) }
        } token: { id in
            output.append(id)
        }
        swap(&output, &ids)
    }

    @inline(__always)
    private func append(_ chunk: UnsafeBufferPointer<UInt8>, to output: inout [Int32]) {
        guard chunk.count <= ByteKeyedCache<Int32>.maximumKeyLength else {
            appendSlowly(chunk, to: &output)
            return
        }
        if let entry = cache.find(chunk, 0, chunk.count, lowercasing: false) {
            output.append(contentsOf: cache.value(entry))
            return
        }
        pieces.removeAll(keepingCapacity: true)
        appendSlowly(chunk, to: &pieces)
        cache.insert(pieces)
        output.append(contentsOf: pieces)
    }

    private func appendSlowly(_ chunk: UnsafeBufferPointer<UInt8>, to output: inout [Int32]) {
        words.forEachWord(in: chunk) { word in
            if UTF8Bytes.characterCount(word) > longest {
                output.append(unknown)
            } else {
                trie.append(word, unknown: unknown, to: &output)
            }
        }
    }
}
