import RetrievalData

/// How often a term of a query occurs in one field of a document.
public struct FieldFrequency: Codable, Sendable, Hashable {
    /// The field's name.
    public var name: String
    /// Its weight in the search.
    public var weight: Double
    /// The number of occurrences.
    public var frequency: Int
}

extension FieldScorer {
    /// How a document's score comes about for the query that the session has located.
    func explain(
        _ id: DocumentID, document: Int, segment index: Int, _ session: SearchSession
    ) throws -> ScoreExplanation {
        let segment = segments[index]
        let values = try norms.get()
        let parts = try session.saturations.indices.map {
            try part($0, document: document, segment: index, values, session)
        }
        return ScoreExplanation(
            document: id, score: Double(Float(parts.reduce(0.0) { $0 + $1.contribution })), similarity: similarity,
            documentLength: try weights.reduce(0) {
                $0 + (try segment.fields[$1.index].lengths.values.value(document))
            },
            weightedLength: try norms.weightedLength(of: document, in: segment), averageLength: values.averageLength,
            documentCount: values.documentCount, parts: parts)
    }

    private func part(
        _ term: Int, document: Int, segment index: Int, _ values: FieldNorms.Values, _ session: SearchSession
    ) throws -> ScoreExplanation.Part {
        let fields = try weights.map { field in
            FieldFrequency(
                name: field.name, weight: field.weight,
                frequency: try frequency(of: term, in: segments[index].fields[field.index], document, session))
        }
        let holders = session.frequencies[term]
        let idf = similarity.inverseDocumentFrequency(
            documentFrequency: holders, documentCount: values.documentCount)
        let inverse = values.inverse[index][document]
        return ScoreExplanation.Part(
            term: session.terms.text(term), queryFrequency: session.terms.frequencies[term],
            documentFrequency: holders, inverseDocumentFrequency: holders > 0 ? idf : 0,
            frequency: fields.reduce(0) { $0 + $1.frequency }, fields: fields,
            weightedFrequency: fields.reduce(0) { $0 + $1.weight * Double($1.frequency) },
            lengthNorm: inverse > 0 ? Double(1 / inverse) : 0,
            contribution: Double(try contribution(of: term, to: document, segment: index, session)))
    }

    /// How often a term occurs in a field of a document.
    private func frequency(
        of term: Int, in field: SegmentField, _ document: Int, _ session: SearchSession
    ) throws -> Int {
        guard let entry = try session.terms.withTerm(term, { try field.terms.find($0) }) else { return 0 }
        var cursor = try field.cursor(entry)
        guard try cursor.advance(to: UInt32(document)), let place = cursor.find(UInt32(document)) else { return 0 }
        return Int(cursor.frequency(at: place))
    }
}
