import Synchronization

/// What BM25F needs to know of the documents' weighted lengths; made when it is first needed, in time and memory O(documents).
///
/// The weighted length of a document is the sum of weight · length over the fields, in double precision in the order of the fields.
final class FieldNorms: Sendable {
    /// The numbers.
    struct Values: Sendable {
        /// The number of documents with a weighted length above 0.
        var documentCount = 0
        /// The average of those lengths: the sum of weight · total length over the fields, divided by their number; 0 where there are none.
        var averageLength = 0.0
        /// For each segment the documents' inverse norms; 0 for a document of weighted length 0.
        var inverse: [[Float]] = []
    }

    private let segments: [Segment]
    private let weights: [IndexedWeight]
    private let similarity: BM25
    private let made = Mutex<Values?>(nil)

    init(_ segments: [Segment], _ weights: [IndexedWeight], _ similarity: BM25) {
        self.segments = segments
        self.weights = weights
        self.similarity = similarity
    }

    /// The numbers; throws where the lengths are damaged.
    func get() throws -> Values {
        try made.withLock { made in
            if let made { return made }
            let values = try make()
            made = values
            return values
        }
    }

    /// The weighted length of a document.
    func weightedLength(of document: Int, in segment: Segment) throws -> Double {
        try weights.reduce(0) { sum, field in
            sum + field.weight * Double(try segment.fields[field.index].lengths.values.value(document))
        }
    }

    private func make() throws -> Values {
        var values = Values()
        var lengths: [[Double]] = []
        for segment in segments {
            var sums = [Double](repeating: 0, count: segment.documentCount)
            for field in weights {
                try segment.fields[field.index].lengths.values.forEach { document, length in
                    sums[document] += field.weight * Double(length)
                }
            }
            for document in sums.indices where sums[document] > 0 && segment.isLive(document) {
                values.documentCount += 1
            }
            lengths.append(sums)
        }
        // From whole totals, so that it does not depend on how documents are spread over segments.
        let total = weights.reduce(0.0) { sum, field in
            let lengths = segments.map { segment in
                let field = segment.fields[field.index].manifest
                return field.totalLength - (field.corrections?.totalLength ?? 0)
            }
            return sum + field.weight * Double(lengths.reduce(0, +))
        }
        values.averageLength = values.documentCount > 0 ? total / Double(values.documentCount) : 0
        values.inverse = lengths.map { lengths in
            lengths.map {
                $0 > 0 ? similarity.inverseNorm(length: $0, averageLength: values.averageLength) : 0
            }
        }
        return values
    }
}

/// The weight of a field, which is known by its place in the index.
struct IndexedWeight: Sendable, Hashable {
    var index: Int
    var name: String
    var weight: Double
}
