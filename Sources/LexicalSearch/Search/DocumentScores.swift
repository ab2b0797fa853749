import RetrievalData

/// Scoring documents that are given, without ranking others.
extension Searcher {
    /// The scores that `retrieve` would give documents: 0 for a document without a term of the query, nil for one that is not there or
    /// may not be a hit.
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        try withSession { session in
            let question = parse(query.text)
            session.terms.set(question.text, session: session.analyzer)
            return try scores(of: documents, phrases: question.phrases, session)
        }
    }

    /// The scores that a search for weighted terms would give documents, of those that hold the phrases of a text.
    func scores(of documents: [DocumentID], for query: WeightedQuery, phrasesOf text: String = "") throws -> [Double?] {
        try withSession { session in
            session.terms.set(query)
            return try scores(of: documents, phrases: parse(text).phrases, session)
        }
    }

    private func scores(
        of documents: [DocumentID], phrases: [String], _ session: SearchSession
    ) throws -> [Double?] {
        try locate(session)
        let permitted = try documentSets(holding: phrases, session)
        var scores = [Double?](repeating: nil, count: documents.count)
        for (index, segment) in reader.segments.enumerated() {
            var wanted: [(document: Int, place: Int, sum: Double)] = []
            for (place, id) in documents.enumerated() {
                guard let document = try segment.liveDocument(withID: id) else { continue }
                if permitted?[index].contains(document) != false { wanted.append((document, place, 0)) }
            }
            if wanted.isEmpty { continue }
            if let fields {
                for item in wanted {
                    let sum = try session.saturations.indices.reduce(0.0) { sum, term in
                        try sum + Double(fields.contribution(of: term, to: item.document, segment: index, session))
                    }
                    scores[item.place] = Double(Float(sum))
                }
                continue
            }
            wanted.sort { $0.document < $1.document }
            _ = try gather(segment: index, session)
            let norms = try norms[index].get()
            for term in 0..<session.pool.count {
                let state = session.pool.states + term
                for slot in wanted.indices {
                    let document = UInt32(wanted[slot].document)
                    guard try state.pointee.cursor.advance(to: document) else { break }
                    guard let found = state.pointee.cursor.find(document) else { continue }
                    wanted[slot].sum += Double(
                        state.pointee.saturation.score(
                            frequency: Float(state.pointee.cursor.frequency(at: found)),
                            inverseNorm: norms[Int(document)]))
                }
            }
            for item in wanted { scores[item.place] = Double(Float(item.sum)) }
        }
        return scores
    }
}
