/// A subword tokenizer as a `tokenizer.json` describes it: normalizer, pre-tokenizer and WordPiece, BPE or Unigram model.
///
/// Gives the ids that Hugging Face's tokenizers gives, without truncation. The value is cheap to copy and may be used from any thread;
/// work on many texts goes through ``makeSession()``.
public struct SubwordPipeline: Sendable {
    let rawTokens: AddedPieceMatcher
    let normalizer: TextNormalizer?
    let normalizedTokens: AddedPieceMatcher
    let preTokenizer: PreTokenizer?
    let model: SubwordModel
    /// The pieces by id; nil for ids that nothing has.
    let pieces: [String?]
    /// The file's text, with truncation and padding off.
    let source: String
    /// The parts of the fast path; nil where only the general one will do.
    let bertPieces: BertPieces?
    private let pool = SessionPool<SubwordSession>()

    /// The ids that stand before and after every text, such as those of `[CLS]` and `[SEP]`.
    public internal(set) var specialTokens: (before: [Int32], after: [Int32])

    /// What stands around and between the texts of a pair; nil where the tokenizer does not say, or says what no template holds.
    public internal(set) var pairTemplate: PairTemplate?

    init(
        source: String, addedTokens: [AddedPiece], normalizer: TextNormalizer?, preTokenizer: PreTokenizer?,
        model: SubwordModel, pieces: [String?], specialTokens: ([Int32], [Int32]) = ([], [])
    ) {
        self.source = source
        self.normalizer = normalizer
        self.preTokenizer = preTokenizer
        self.model = model
        self.pieces = pieces
        self.specialTokens = specialTokens
        bertPieces = BertPieces(
            addedTokens: addedTokens, normalizer: normalizer, preTokenizer: preTokenizer, model: model)
        rawTokens = AddedPieceMatcher(addedTokens.filter { !$0.isNormalized })
        normalizedTokens = AddedPieceMatcher(
            addedTokens.filter(\.isNormalized).map { token in
                var piece = token
                normalizer?.apply(&piece.content)
                return piece
            })
    }

    /// One more than the highest id.
    public var vocabularySize: Int { pieces.count }

    /// The id of what cannot be cut into pieces; nil where the model has none.
    public var unknownID: Int32? { model.unknown }

    /// The piece of an id; nil where none has it.
    public func piece(_ id: Int32) -> String? { pieces.indices.contains(Int(id)) ? pieces[Int(id)] : nil }

    /// The tokenizer as the `tokenizer.json` that it was read from, byte for byte, but with truncation and padding off.
    public func tokenizerJSON() -> String { source }

    /// The pieces that begin a word, without the mark by which BPE and Unigram tell them (`▁`, `Ġ`), with their ids.
    public var words: [(id: Int32, word: String)] {
        let isMarked = if case .wordPiece = model { false } else { true }
        return pieces.enumerated().compactMap { id, piece in
            guard let piece, let id = Int32(exactly: id) else { return nil }
            if !isMarked { return piece.hasPrefix("##") ? nil : (id, piece) }
            let hasMark = piece.hasPrefix("\u{2581}") || piece.hasPrefix("\u{120}")
            return hasMark && piece.count > 1 ? (id, String(piece.dropFirst())) : nil
        }
    }

    /// A new session, for one thread.
    public func makeSession() -> SubwordSession { SubwordSession(self) }

    /// The ids of a text, without special tokens of its own and without truncation.
    public func encode(_ text: String) -> [Int32] {
        let session = pool.take() ?? makeSession()
        defer { pool.put(session) }
        return session.encode(text)
    }

    /// The ids of several texts, each as `encode(_:)` gives them.
    public func encode(_ texts: [String]) -> [[Int32]] {
        let session = makeSession()
        return texts.map { session.encode($0) }
    }
}

/// The working state of a subword tokenizer on one thread, a cache of words; not `Sendable`.
///
/// A tokenizer of BERT's kind goes through `WordPieceSession`, any other through its parts one after the other.
///
/// Ids do not depend on what the session has seen before.
public final class SubwordSession {
    private let pipeline: SubwordPipeline
    private let cache = ByteKeyedCache<Int32>()
    private var word: [UInt8] = []
    private var ids: [Int32] = []
    private let fastPath: WordPieceSession?

    /// A session; `isGeneral` leaves the fast path of BERT's kind out, for comparison.
    init(_ pipeline: SubwordPipeline, isGeneral: Bool = false) {
        self.pipeline = pipeline
        fastPath = isGeneral ? nil : pipeline.bertPieces.map { WordPieceSession($0) }
    }

    /// The ids of a text, without special tokens of its own and without truncation.
    public func encode(_ text: String) -> [Int32] {
        if let fastPath { return fastPath.encode(text) }
        let text = text.unicodeScalars.map(\.value)
        var output: [Int32] = []
        for (range, id) in pipeline.rawTokens.stretches(text) {
            if let id {
                output.append(id)
            } else {
                var part = Array(text[range])
                pipeline.normalizer?.apply(&part)
                appendNormalized(part, isFirst: range.lowerBound == 0, to: &output)
            }
        }
        return output
    }

    private func appendNormalized(_ text: [UInt32], isFirst: Bool, to output: inout [Int32]) {
        for (range, id) in pipeline.normalizedTokens.stretches(text) {
            if let id {
                output.append(id)
                continue
            }
            let part = PreTokenizer.Part(
                scalars: range.count == text.count ? text : Array(text[range]),
                isFirst: isFirst && range.lowerBound == 0)
            for word in pipeline.preTokenizer?.apply([part]) ?? [part] { append(word.scalars, to: &output) }
        }
    }

    private func append(_ scalars: [UInt32], to output: inout [Int32]) {
        word.removeAll(keepingCapacity: true)
        for scalar in scalars { UTF8Bytes.append(scalar, to: &word) }
        if word.isEmpty { return }
        word.withUnsafeBufferPointer { word in
            guard word.count <= ByteKeyedCache<Int32>.maximumKeyLength else {
                pipeline.model.append(word, to: &output)
                return
            }
            if let entry = cache.find(word, 0, word.count, lowercasing: false) {
                output.append(contentsOf: cache.value(entry))
                return
            }
            ids.removeAll(keepingCapacity: true)
            pipeline.model.append(word, to: &ids)
            cache.insert(ids)
            output += ids
        }
    }
}
