import NumericKernels

/// Turns texts into vectors that are compared by cosine.
public enum TextEncoder: Sendable {
    /// A table of token rows, whose mean is the vector.
    case table(StaticEncoder)
    /// A transformer over the tokens in their order.
    case transformer(TransformerEncoder)

    /// The length of the vectors.
    public var dimension: Int {
        switch self {
        case .table(let encoder): encoder.dimension
        case .transformer(let encoder): encoder.dimension
        }
    }

    /// Cuts texts into token ids.
    public var tokenizer: any SubwordTokenizer {
        switch self {
        case .table(let encoder): encoder.tokenizer
        case .transformer(let encoder): encoder.tokenizer
        }
    }

    /// The vectors of texts, in order, scaled to length 1; a text without tokens has the zero vector.
    ///
    /// Same texts give the same bits whatever stands beside them and the number of threads. The role decides the prompt of a transformer
    /// that has prompts.
    public func encode(_ texts: [String], as role: TextRole = .document, threads: Int = 1) -> [[Float]] {
        let vectors = encodeRows(texts, as: role, threads: threads)
        return (0..<vectors.rows).map { vectors.row($0) }
    }

    /// The vectors of texts as rows.
    package func encodeRows(_ texts: [String], as role: TextRole, threads: Int) -> Matrix {
        let tokens = tokens(of: texts, as: role, threads: threads)
        return encodeRows(tokens, texts: (0..<Int32(texts.count)).map { $0 }, threads: threads)
    }

    /// The tokens of texts in the form that this encoder takes.
    package func tokens(of texts: [String], as role: TextRole, threads: Int) -> TextTokens {
        switch self {
        case .table(let encoder): .bags(TokenBags(texts, tokenizer: encoder.tokenizer, threads: threads))
        case .transformer(let encoder):
            .sequences(encoder.sequences(texts, as: role, threads: threads))
        }
    }

    /// The vectors of some of the texts whose tokens were cut by an encoder of the same kind and vocabulary, as rows.
    package func encodeRows(_ tokens: TextTokens, texts: [Int32], threads: Int) -> Matrix {
        switch (self, tokens) {
        case (.table(let encoder), .bags(let bags)):
            return encoder.encodeRows(bags, texts: texts, threads: threads)
        case (.transformer(let encoder), .sequences(let sequences)):
            var rows = encoder.encodeRows(texts.map { sequences[Int($0)] }, threads: threads)
            if !encoder.isNormalizing {
                var norms: [Float] = []
                RowNormalization.normalize(&rows, norms: &norms, threads: threads)
            }
            return rows
        case (.table, .sequences), (.transformer, .bags):
            preconditionFailure("the tokens are of another kind of encoder")
        }
    }

    /// The row of each token: all that a table has, the lowest layer of a transformer.
    package var table: Matrix {
        get {
            switch self {
            case .table(let encoder): encoder.table
            case .transformer(let encoder): encoder.model.weights.tokens
            }
        }
        set {
            switch self {
            case .table(var encoder):
                encoder.table = newValue
                self = .table(encoder)
            case .transformer(let encoder):
                var weights = encoder.model.weights
                weights.tokens = newValue
                self = .transformer(encoder.replacing(weights))
            }
        }
    }

    /// The type of the factors of a transformer's products; nil for tables, which have none.
    public var precision: ProductPrecision? {
        guard case .transformer(let encoder) = self else { return nil }
        return encoder.precision
    }

    /// Whether it is a table, which trains, shrinks and is written in ways of its own.
    public var isTable: Bool {
        if case .table = self { return true }
        return false
    }
}
