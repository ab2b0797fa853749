import CKernels

/// Scores the documents of an index with fields by BM25F.
///
/// The simple BM25F of Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004, section 3.2, which
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in Information Retrieval
/// 3(4), 2009, describe in section 3.5 (weighted streams): with the weights w of the fields f, a term's frequency in a document is
/// Σ w_f · tf_f, a document's length Σ w_f · dl_f, the average length that of the documents whose length is above 0, N the number of those,
/// and n the number of documents that hold the term in any field of a weight above 0. These go into the variant of BM25 as they are. With
/// all weights 1 it is BM25 of the fields' texts one after the other, bit for bit.
///
/// A query costs O(postings of its terms in all fields), in time and, 12 bytes each, in memory: n is known only when the fields' lists are
/// merged, and every merged posting is scored; nothing is passed over.
struct FieldScorer: Sendable {
    /// The fields of a weight above 0 in the order of the index.
    let weights: [IndexedWeight]
    let norms: FieldNorms
    let segments: [Segment]
    let similarity: BM25

    /// Documents that are scored at a time: their sums stay in the first-level cache.
    private static let windowBits = 12

    /// A scorer with the index's own weights, or with others; of these a field that is left out has the weight 0.
    init(_ reader: IndexReader, _ weights: FieldWeights?, _ similarity: BM25) throws {
        guard let own = reader.fields else { throw FieldError.noFields(index: reader.path) }
        let given = weights ?? own
        for field in given.fields where !own.names.contains(field.name) {
            throw FieldError.unknown(field: field.name, index: reader.path, known: own.names)
        }
        self.weights = own.names.enumerated().compactMap { index, name in
            given.fields.first { $0.name == name && $0.weight > 0 }
                .map { IndexedWeight(index: index, name: name, weight: $0.weight) }
        }
        segments = reader.segments
        self.similarity = similarity
        norms = FieldNorms(segments, self.weights, similarity)
    }

    /// Merges the postings of the query's terms in every segment and finds what the terms contribute.
    func locate(_ session: SearchSession) throws {
        let terms = session.terms
        session.fieldPostings.removeAll()
        session.saturations.removeAll(keepingCapacity: true)
        session.frequencies.removeAll(keepingCapacity: true)
        let documentCount = try norms.get().documentCount
        for term in 0..<terms.count {
            var frequency = 0
            for (index, segment) in segments.enumerated() {
                session.fieldPostings.beginList()
                for field in weights {
                    let searched = segment.fields[field.index]
                    guard let entry = try terms.withTerm(term, { try searched.terms.find($0) }) else { continue }
                    try session.fieldPostings.add(searched.cursor(entry), weight: field.weight)
                }
                frequency += session.fieldPostings.liveCount(list(term, index), deleted: segment.deleted)
            }
            session.frequencies.append(frequency)
            let idf = similarity.inverseDocumentFrequency(documentFrequency: frequency, documentCount: documentCount)
            session.saturations.append(
                similarity.saturation(
                    queryFrequency: terms.frequencies[term], inverseDocumentFrequency: frequency == 0 ? 0 : idf))
        }
    }

    /// The place of a term's postings in a segment.
    private func list(_ term: Int, _ segment: Int) -> Int { term * segments.count + segment }

    /// The number of postings in a segment of the terms that weigh something.
    func postingCount(segment: Int, _ session: SearchSession) -> Int {
        session.saturations.indices.reduce(0) { sum, term in
            session.saturations[term].slope > 0 ? sum + session.fieldPostings.count(list(term, segment)) : sum
        }
    }

    /// What a term contributes to a document's score.
    func contribution(of term: Int, to document: Int, segment: Int, _ session: SearchSession) throws -> Float {
        let saturation = session.saturations[term]
        let frequency = session.fieldPostings.frequency(of: UInt32(document), in: list(term, segment))
        guard saturation.slope > 0, frequency > 0 else { return 0 }
        return saturation.score(
            frequency: Float(frequency), inverseNorm: try norms.get().inverse[segment][document])
    }

    /// Offers the session's collector every document of a segment that may be among its best.
    ///
    /// Documents are taken window by window; in each the contributions are added in the order of the terms.
    func run(segment index: Int, permitted: DocumentSet?, _ session: SearchSession) throws {
        let segment = segments[index]
        let ranks = try segment.ids.rank.reader()
        let terms = session.saturations.indices.filter { session.saturations[$0].slope > 0 }
        let window = 1 << Self.windowBits
        session.reserve(windowSize: window)
        var positions = [Int](repeating: 0, count: terms.count)
        try norms.get().inverse[index].withUnsafeBufferPointer { norms in
            while let first = next(terms, positions, segment: index, session) {
                let begin = first & ~UInt32(window - 1)
                for (place, term) in terms.enumerated() {
                    positions[place] = add(
                        session.fieldPostings, list(term, index), session.saturations[term], norms,
                        from: positions[place], begin, session.sums)
                }
                let count = ck_take_at_least(
                    session.sums, window, session.collector.sumThreshold, begin, session.found, session.values)
                session.offer(count, ranks: ranks, deleted: segment.deleted, permitted: permitted)
            }
        }
    }

    /// The least document that has postings which were not scored.
    private func next(_ terms: [Int], _ positions: [Int], segment: Int, _ session: SearchSession) -> UInt32? {
        var least: UInt32?
        for (term, position) in zip(terms, positions) {
            let documents = session.fieldPostings.documents(list(term, segment))
            if position < documents.count { least = min(least ?? .max, documents[position]) }
        }
        return least
    }

    /// Adds the contributions of a list's postings in the window that starts at `begin`; returns the place after them.
    private func add(
        _ postings: FieldPostings, _ list: Int, _ saturation: Saturation, _ norms: UnsafeBufferPointer<Float>,
        from start: Int, _ begin: UInt32, _ sums: UnsafeMutablePointer<Double>
    ) -> Int {
        let (documents, frequencies) = (postings.documents(list), postings.frequencies(list))
        let end = begin &+ (1 << UInt32(Self.windowBits))
        var position = start
        while position < documents.count, documents[position] < end {
            let document = documents[position]
            sums[Int(document &- begin)] += Double(
                saturation.score(frequency: Float(frequencies[position]), inverseNorm: norms[Int(document)]))
            position &+= 1
        }
        return position
    }
}
