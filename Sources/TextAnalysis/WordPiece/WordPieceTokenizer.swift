/// Turns text into the ids of WordPiece pieces, as Hugging Face's tokenizers do with BertNormalizer, BertPreTokenizer and WordPiece.
///
/// Greedy longest match within each word (Wu et al. 2016, section 4.1; Devlin et al. 2019); a word with a part that is no piece, or
/// with more than ``maximumCharactersPerWord`` characters, becomes the unknown token. The value is cheap to copy and may be used
/// from any thread; work on many texts goes through ``makeSession()``.
public struct WordPieceTokenizer: Sendable {
    /// The pieces.
    public let vocabulary: WordPieceVocabulary
    /// How text is prepared.
    public let normalization: BertNormalization
    /// Tokens that are looked for in the raw text first.
    public let addedTokens: [AddedToken]
    /// The longest word that is cut into pieces, in characters.
    public let maximumCharactersPerWord: Int

    let trie: PieceTrie
    let matcher: AddedTokenMatcher
    private let pool = SessionPool<WordPieceSession>()

    /// A tokenizer for a vocabulary; the special tokens that the vocabulary has become added tokens.
    public init(vocabulary: WordPieceVocabulary, lowercase: Bool = true) {
        self.init(vocabulary: vocabulary, normalization: BertNormalization(lowercase: lowercase))
    }

    /// A tokenizer from its parts; without `addedTokens` those are the special tokens that the vocabulary has.
    public init(
        vocabulary: WordPieceVocabulary, normalization: BertNormalization, addedTokens: [AddedToken]? = nil,
        maximumCharactersPerWord: Int = 100
    ) {
        self.vocabulary = vocabulary
        self.normalization = normalization
        self.maximumCharactersPerWord = maximumCharactersPerWord
        self.addedTokens =
            addedTokens
            ?? WordPieceVocabulary.specialTokens.compactMap { content in
                vocabulary.id(of: content).map { AddedToken(content: content, id: $0) }
            }
        trie = PieceTrie(vocabulary)
        matcher = AddedTokenMatcher(self.addedTokens)
    }

    /// A new session, for one thread.
    public func makeSession() -> WordPieceSession { WordPieceSession(self) }

    /// The ids of a text, without `[CLS]` and `[SEP]` and without truncation.
    ///
    /// A special token that is spelled out in the text becomes its id, as in Hugging Face's tokenizers.
    public func encode(_ text: String) -> [Int32] {
        let session = pool.take() ?? makeSession()
        defer { pool.put(session) }
        return session.encode(text)
    }
}
