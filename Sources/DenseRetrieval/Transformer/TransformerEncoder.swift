import NumericKernels
import Synchronization

/// A transformer that turns texts into vectors: tokens, layers, pooling, and scaling to length 1 where the model says so.
public struct TransformerEncoder: Sendable {
    /// Cuts texts into token ids.
    public let tokenizer: any SubwordTokenizer
    /// What stands before and after the tokens of each text.
    public let specialTokens: (before: [Int32], after: [Int32])
    /// Longer texts are cut to this many tokens, special ones included.
    public internal(set) var longestSequence: Int
    /// Whether the model scales its vectors to length 1.
    let isNormalizing: Bool
    /// Texts to put before others, by name, such as `query`.
    public internal(set) var prompts: [String: String]
    /// The name of the prompt that stands before a text where none is asked for.
    let defaultPrompt: String?
    /// Whether texts are lowercased before the tokenizer sees them.
    let isLowercasing: Bool
    package internal(set) var model: TransformerModel
    let pooling: TransformerPooling
    /// What it was read from, to be written back with it.
    let source: TransformerSource

    /// The most tokens that go through the layers at once; one longer sequence goes alone.
    static let tokensPerBatch = 512

    /// The shape of the model.
    public var config: TransformerConfig { model.config }

    /// The type of the factors in the products of the linear layers; all else is computed in 32-bit floats.
    public var precision: ProductPrecision {
        get { model.precision }
        set { model.precision = newValue }
    }

    /// The length of the vectors.
    public var dimension: Int { model.config.dimension * pooling.modes.count }

    /// The vectors of texts, in order; `prompt` stands before each of them, or the default prompt where it is nil.
    ///
    /// The number of threads changes no bit. A text without any token has the zero vector.
    public func encode(_ texts: [String], prompt: String? = nil, threads: Int = 1) -> [[Float]] {
        let rows = encodeRows(texts, prompt: prompt, threads: threads)
        return (0..<rows.rows).map { rows.row($0) }
    }

    /// The vectors of texts as rows.
    package func encodeRows(_ texts: [String], prompt: String? = nil, threads: Int = 1) -> Matrix {
        let before = prompt ?? defaultPrompt.flatMap { prompts[$0] } ?? ""
        let sequences = sequences(texts.map { before + $0 }, threads: threads)
        return encodeRows(sequences, threads: threads)
    }

    /// The vectors of token sequences that are whole already.
    package func encodeRows(_ sequences: [[Int32]], threads: Int = 1) -> Matrix {
        let batches = Self.batches(sequences.map(\.count))
        var vectors = Matrix(rows: sequences.count, columns: dimension)
        // Each batch is one thread's work, as long as there are enough of them; its memory goes to the next.
        let isParallel = batches.count >= threads
        let inner = isParallel ? 1 : threads
        let idle = Mutex<[ForwardMemory]>([])
        let parts = FixedParallel.map(batches.count, threads: isParallel ? threads : 1) { batch in
            let packed = PackedSequences(sequences[batches[batch]])
            var memory = idle.withLock { $0.popLast() } ?? ForwardMemory()
            model.hiddenStates(packed, memory: &memory, threads: inner)
            let rows = SequencePooling.apply(memory.rows, sequences: packed, modes: pooling.modes, threads: inner)
            idle.withLock { $0.append(memory) }
            return rows
        }
        for (range, part) in zip(batches, parts) { vectors.copy(part, toRow: range.lowerBound) }
        if isNormalizing {
            var norms: [Float] = []
            RowNormalization.normalize(&vectors, norms: &norms, threads: threads)
        }
        return vectors
    }

    /// The token ids of texts with special tokens, cut to the longest sequence.
    package func sequences(_ texts: [String], threads: Int = 1) -> [[Int32]] {
        let (before, after) = specialTokens
        let room = max(0, longestSequence - before.count - after.count)
        let size = 64
        return FixedParallel.map((texts.count + size - 1) / size, threads: threads) { piece in
            let part = texts[(piece * size)..<min((piece + 1) * size, texts.count)]
            let cut = tokenizer.encode(part.map { isLowercasing ? $0.lowercased() : $0 })
            return cut.map { before + $0.prefix(room) + after }
        }.flatMap { $0 }
    }

    /// Consecutive sequences whose tokens together are no more than fit a batch.
    ///
    /// The cut depends on the lengths alone.
    static func batches(_ lengths: [Int]) -> [Range<Int>] {
        var batches: [Range<Int>] = []
        var start = 0
        var tokens = 0
        for (index, length) in lengths.enumerated() {
            if index > start, tokens + length > tokensPerBatch {
                batches.append(start..<index)
                start = index
                tokens = 0
            }
            tokens += length
        }
        if start < lengths.count { batches.append(start..<lengths.count) }
        return batches
    }
}

extension Matrix {
    /// Overwrites consecutive rows with those of another matrix of as many columns.
    fileprivate mutating func copy(_ part: Matrix, toRow first: Int) {
        for row in 0..<part.rows {
            part.withRow(row) { source in
                withMutableRow(first + row) { target in
                    for column in source.indices { target[column] = source[column] }
                }
            }
        }
    }
}
