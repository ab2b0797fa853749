import NumericKernels

/// An encoder for queries and an encoder for documents whose vectors are compared by cosine.
public struct DualEncoder: Sendable {
    /// Whether both encoders are one.
    public let towers: Towers
    /// Encodes queries.
    public internal(set) var queryEncoder: TextEncoder
    /// Encodes documents.
    public internal(set) var documentEncoder: TextEncoder

    /// One encoder for queries and documents.
    public init(shared encoder: TextEncoder) {
        towers = .shared
        queryEncoder = encoder
        documentEncoder = encoder
    }

    /// One table for queries and documents.
    public init(shared encoder: StaticEncoder) { self.init(shared: .table(encoder)) }

    /// One encoder each; both must be of one kind and give vectors of the same length.
    public init(queryEncoder: TextEncoder, documentEncoder: TextEncoder) throws(EncoderError) {
        guard queryEncoder.isTable == documentEncoder.isTable else { throw .towersOfTwoKinds }
        guard queryEncoder.dimension == documentEncoder.dimension else {
            throw .towersDiffer(query: queryEncoder.dimension, document: documentEncoder.dimension)
        }
        towers = .separate
        self.queryEncoder = queryEncoder
        self.documentEncoder = documentEncoder
    }

    /// One table each.
    public init(queryEncoder: StaticEncoder, documentEncoder: StaticEncoder) throws(EncoderError) {
        try self.init(queryEncoder: .table(queryEncoder), documentEncoder: .table(documentEncoder))
    }

    /// An encoder for both, or the same one as the start of each.
    public init(_ encoder: TextEncoder, towers: Towers) throws(EncoderError) {
        switch towers {
        case .shared: self.init(shared: encoder)
        case .separate: try self.init(queryEncoder: encoder, documentEncoder: encoder)
        }
    }

    /// An untrained dual-encoder as the options say; separate towers start equal, so that a query meets its words in documents.
    public init(
        tokenizer: any SubwordTokenizer, options: TrainingOptions, statistics: TokenStatistics? = nil
    ) throws {
        let encoder = try StaticEncoder(
            tokenizer: tokenizer, dimension: options.dimension, seed: options.seed,
            statistics: options.idfScaledStart ? statistics : nil, threads: options.threads)
        try self.init(.table(encoder), towers: options.towers)
    }

    /// The length of the vectors.
    public var dimension: Int { documentEncoder.dimension }
}
