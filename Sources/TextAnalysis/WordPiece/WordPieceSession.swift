/// The working state of a WordPiece tokenizer on one thread: buffers and a cache of words; not `Sendable`.
///
/// Ids do not depend on what the session has seen before.
public final class WordPieceSession {
    private let trie: PieceTrie
    private let matcher: AddedTokenMatcher
    private let unknown: Int32
    private let longest: Int
    private var words: BertWords
    private let cache = ByteKeyedCache<Int32>()
    private var pieces: [Int32] = []

    init(_ tokenizer: WordPieceTokenizer) {
        trie = tokenizer.trie
        matcher = tokenizer.matcher
        unknown = tokenizer.vocabulary.unknownID
        longest = tokenizer.maximumCharactersPerWord
        words = BertWords(tokenizer.normalization)
    }

    /// The ids of a text, without special tokens of its own and without truncation.
    public func encode(_ text: String) -> [Int32] {
        var text = text
        var ids: [Int32] = []
        text.withUTF8 { encode($0, into: &ids) }
        return ids
    }

    /// Appends the ids of bytes that should be UTF-8; ill-formed ones are treated as U+FFFD.
    public func encode(_ utf8: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]) {
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
