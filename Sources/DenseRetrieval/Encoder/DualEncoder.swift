import NumericKernels

/// An encoder for queries and an encoder for documents whose vectors are compared by cosine.
public struct DualEncoder: Sendable {
    /// Whether both encoders are one.
    public let towers: Towers
    /// Encodes queries.
    public internal(set) var queryEncoder: StaticEncoder
    /// Encodes documents.
    public internal(set) var documentEncoder: StaticEncoder

    /// One encoder for queries and documents.
    public init(shared encoder: StaticEncoder) {
        towers = .shared
        queryEncoder = encoder
        documentEncoder = encoder
    }

    /// One encoder each; both must give vectors of the same length.
    public init(queryEncoder: StaticEncoder, documentEncoder: StaticEncoder) throws(EncoderError) {
        guard queryEncoder.dimension == documentEncoder.dimension else {
            throw .towersDiffer(query: queryEncoder.dimension, document: documentEncoder.dimension)
        }
        towers = .separate
        self.queryEncoder = queryEncoder
        self.documentEncoder = documentEncoder
    }

    /// An untrained dual-encoder as the options say; separate towers start equal, so that a query meets its words in documents.
    public init(
        tokenizer: any SubwordTokenizer, options: TrainingOptions, statistics: TokenStatistics? = nil
    ) throws {
        let encoder = try StaticEncoder(
            tokenizer: tokenizer, dimension: options.dimension, seed: options.seed,
            statistics: options.idfScaledStart ? statistics : nil, threads: options.threads)
        switch options.towers {
        case .shared: self.init(shared: encoder)
        case .separate: try self.init(queryEncoder: encoder, documentEncoder: encoder)
        }
    }

    /// The length of the vectors.
    public var dimension: Int { documentEncoder.dimension }
}
