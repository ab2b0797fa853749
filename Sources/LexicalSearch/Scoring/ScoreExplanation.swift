import RetrievalData

/// How the score of one document for one query comes about.
public struct ScoreExplanation: Codable, Sendable, Hashable {
    /// What one term of the query contributes.
    public struct Part: Codable, Sendable, Hashable {
        /// The term as it stands in the index.
        public var term: String
        /// How often it occurs in the query; in an expanded query its weight.
        public var queryFrequency: Double
        /// How many documents of the collection hold it.
        public var documentFrequency: Int
        /// The variant's inverse document frequency.
        public var inverseDocumentFrequency: Double
        /// How often it occurs in the document; 0 where it does not.
        public var frequency: Int
        /// The same for each field of a weight above 0; nil in an index without fields.
        public var fields: [FieldFrequency]?
        /// The sum of weight · frequency over the fields, by which BM25F goes; nil in an index without fields.
        public var weightedFrequency: Double?
        /// k1 · (1 − b + b · dl / avgdl), of weighted lengths where there are fields, as it was rounded for scoring; 0 for a document without terms.
        public var lengthNorm: Double
        /// What the term adds to the score, in single precision.
        public var contribution: Double
    }

    /// The document.
    public var document: DocumentID
    /// The score: the sum of the contributions in their order, in double precision, rounded once to single precision.
    public var score: Double
    /// The similarity.
    public var similarity: BM25
    /// The document's length in terms, over all fields of a weight above 0.
    public var documentLength: Int
    /// The sum of weight · length over the fields, by which BM25F goes; nil in an index without fields.
    public var weightedLength: Double?
    /// The average length of the documents with at least one term; weighted where there are fields.
    public var averageLength: Double
    /// The number of documents with at least one term.
    public var documentCount: Int
    /// One part for each distinct term of the query, in ascending byte order.
    public var parts: [Part]
    /// What the nearness of the terms adds (``ProximityRetriever``); `score` is then the sum above and this, rounded again.
    public var proximity: Double?
}

extension Searcher {
    /// How a document's score for a text comes about; nil where the index has no document of that id.
    ///
    /// Phrases of the text are not looked for: the document may lack them.
    ///
    /// `score` is the very score that a search gives the document.
    public func explain(_ text: String, document id: DocumentID) throws -> ScoreExplanation? {
        try withSession { session in
            session.terms.set(plainText(of: text), session: session.analyzer)
            return try explain(document: id, session)
        }
    }

    /// The same for a query of weighted terms.
    public func explain(_ query: WeightedQuery, document id: DocumentID) throws -> ScoreExplanation? {
        try withSession { session in
            session.terms.set(query)
            return try explain(document: id, session)
        }
    }

    /// The same for the terms of a session.
    private func explain(document id: DocumentID, _ session: SearchSession) throws -> ScoreExplanation? {
        try locate(session)
        for (index, segment) in reader.segments.enumerated() {
            guard let document = try segment.liveDocument(withID: id) else { continue }
            if let fields { return try fields.explain(id, document: document, segment: index, session) }
            let inverse = try norms[index].get()[document]
            var parts: [ScoreExplanation.Part] = []
            for term in 0..<session.terms.count {
                let saturation = session.saturations[term]
                var frequency = 0
                if let entry = session.entries[term * reader.segments.count + index] {
                    var cursor = try segment.contents.cursor(entry)
                    if try cursor.advance(to: UInt32(document)), let found = cursor.find(UInt32(document)) {
                        frequency = Int(cursor.frequency(at: found))
                    }
                }
                let idf = similarity.inverseDocumentFrequency(
                    documentFrequency: session.frequencies[term], documentCount: statistics.documentCount)
                let contribution =
                    frequency > 0 && saturation.slope > 0
                    ? saturation.score(frequency: Float(frequency), inverseNorm: inverse) : 0
                parts.append(
                    .init(
                        term: session.terms.text(term), queryFrequency: session.terms.frequencies[term],
                        documentFrequency: session.frequencies[term],
                        inverseDocumentFrequency: session.frequencies[term] > 0 ? idf : 0, frequency: frequency,
                        lengthNorm: inverse > 0 ? Double(1 / inverse) : 0, contribution: Double(contribution)))
            }
            return ScoreExplanation(
                document: id, score: Double(Float(parts.reduce(0.0) { $0 + $1.contribution })), similarity: similarity,
                documentLength: try segment.contents.lengths.values.value(document),
                averageLength: statistics.averageLength,
                documentCount: statistics.documentCount, parts: parts)
        }
        return nil
    }
}
