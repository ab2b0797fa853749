/// Learns a WordPiece vocabulary from text: counts words, then merges the most frequent pair of neighbouring pieces again and again.
///
/// The method is that of WordPieceTrainer in Hugging Face's tokenizers: byte-pair encoding (Sennrich, Haddow and Birch 2016,
/// algorithm 1) over pieces with the prefix `##`. Deterministic: the vocabulary depends on the texts and options alone, not on the
/// order of the texts; of pairs with equal counts the one with the lesser bytes is merged first.
public struct WordPieceTrainer: Sendable {
    /// The size at which merging stops.
    ///
    /// Special tokens and alphabet are always there, even where they alone are more.
    public var vocabularySize: Int
    /// A pair that occurs less often is not merged.
    public var minimumFrequency: Int
    /// How many characters beyond ASCII begin the vocabulary, the most frequent first; words with others are left out.
    public var alphabetLimit: Int
    /// How text is prepared.
    public let normalization: BertNormalization

    private var chunks = ByteInterner()
    private var chunkCounts: [Int] = []
    private var words = WordCounts()

    /// The longest word that is counted, in characters; longer ones are never cut into pieces either.
    private static let longestWord = 100

    /// The longest chunk that is counted before it is cut into words, in bytes.
    private static let longestChunk = 64

    /// A trainer without texts.
    public init(
        vocabularySize: Int = 30_522, minimumFrequency: Int = 2, alphabetLimit: Int = 1000,
        normalization: BertNormalization = BertNormalization()
    ) {
        self.vocabularySize = vocabularySize
        self.minimumFrequency = minimumFrequency
        self.alphabetLimit = alphabetLimit
        self.normalization = normalization
    }

    /// Counts the words of a text.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0) }
    }

    /// Counts the words of bytes that should be UTF-8; ill-formed ones are treated as U+FFFD.
    public mutating func add(_ utf8: UnsafeBufferPointer<UInt8>) {
        var splitter = BertWords(normalization)
        BertWords.forEachChunk(in: utf8, from: 0, to: utf8.count) { chunk in
            guard chunk.count <= Self.longestChunk else {
                words.add(chunk, times: 1, splitter: &splitter, longest: Self.longestWord)
                return
            }
            let index = chunks.intern(chunk)
            if index == chunkCounts.count { chunkCounts.append(0) }
            chunkCounts[index] += 1
        }
    }

    /// The vocabulary of the texts so far: special tokens, alphabet, then pieces in the order in which they were merged.
    ///
    /// Takes seconds for some tens of megabytes of text; memory grows with the distinct words.
    public func train() -> WordPieceVocabulary {
        var words = words
        var splitter = BertWords(normalization)
        for index in 0..<chunks.count {
            chunks.bytes(index).withUnsafeBufferPointer {
                words.add($0, times: chunkCounts[index], splitter: &splitter, longest: Self.longestWord)
            }
        }
        let alphabet = Alphabet(words, limit: alphabetLimit, lowercase: normalization.lowercase)
        var merger = PieceMerger(words, alphabet: alphabet)
        let pieces = merger.merge(until: vocabularySize, minimumFrequency: minimumFrequency)
        do {
            return try WordPieceVocabulary(pieces: pieces)
        } catch {
            preconditionFailure("the merger made a piece twice: \(error)")
        }
    }
}

/// Distinct words and how often each occurs.
struct WordCounts: Sendable {
    private(set) var words = ByteInterner()
    private(set) var counts: [Int] = []

    /// Counts the words of one chunk.
    mutating func add(_ chunk: UnsafeBufferPointer<UInt8>, times: Int, splitter: inout BertWords, longest: Int) {
        splitter.forEachWord(in: chunk) { word in
            guard UTF8Bytes.characterCount(word) <= longest else { return }
            let index = words.intern(word)
            if index == counts.count { counts.append(0) }
            counts[index] += times
        }
    }
}
