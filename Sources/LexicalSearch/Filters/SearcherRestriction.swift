extension Searcher {
    /// A searcher of the same index whose hits are only documents for which a filter is true.
    ///
    /// Scores do not change: statistics are those of all documents. `documentIDs()` gives the ids of these documents alone, `scores(of:for:)` nil for
    /// all others; `document(_:)` and `explain` go on to know every document. Filters of a restricted searcher narrow it further. A
    /// hybrid takes documents from its other side too, which knows nothing of the filter.
    ///
    /// Throws `FilterError` for a key that no document has, and for a value with which no value of the key can be compared, and
    /// `SearchError.metadataNotIndexed` where a segment was written before there were filters.
    public func restricted(to filter: MetadataFilter) throws -> Searcher {
        try reader.validate(filter)
        var copy = self
        copy.permitted = try reader.segments.enumerated().map { index, segment in
            var documents = try FilterEvaluation(segment).documents(filter.expression)
            if let permitted { documents.formIntersection(permitted[index]) }
            return documents
        }
        return copy
    }
}

extension IndexReader {
    /// Throws where a filter cannot be answered, or can be true of no document for what is most likely a mistake.
    fileprivate func validate(_ filter: MetadataFilter) throws {
        for segment in segments where segment.manifest.metadataCount == nil {
            throw SearchError.metadataNotIndexed(index: path, segment: segment.name)
        }
        let evaluations = segments.map { FilterEvaluation($0) }
        try filter.expression.forEachTest { key, comparison, values in
            guard try evaluations.contains(where: { try $0.hasValue(of: key) }) else {
                throw FilterError.unknownKey(key: key, known: try knownKeys(), index: path)
            }
            guard let comparison else { return }
            for value in values {
                if comparison.isOrdered,
                    try evaluations.contains(where: { try $0.hasValue(of: key) { kind, _ in kind == .longString } })
                {
                    throw FilterError.unordered(key: key)
                }
                let isComparable = try evaluations.contains { evaluation in
                    try evaluation.hasValue(of: key) { value.isComparable(with: $0, $1) }
                }
                if !isComparable {
                    throw FilterError.incomparable(key: key, value: "\(value)", reason: value.remedy)
                }
            }
        }
    }

    /// The keys to choose from, in byte order, no more than some dozens.
    private func knownKeys() throws -> [String] {
        let keys = try metadataKeys(limit: 41).map { FilterExpression.word($0.name) }
        return keys.count > 40 ? keys.prefix(40) + ["…"] : keys
    }
}

extension FilterValue {
    /// Whether this value and a stored one can be compared at all.
    fileprivate func isComparable(with kind: MetadataKind, _ bytes: UnsafeRawBufferPointer) -> Bool {
        if case .string = self, kind == .longString { return true }
        return order(of: kind, bytes) != nil
    }

    /// What to do where nothing can be compared with this value.
    fileprivate var remedy: String {
        switch self {
        case .number: "its values are no numbers; put the value in quotes to compare it with strings"
        case .boolean: "its values are neither true nor false; put the value in quotes to compare it with strings"
        case .string(let text):
            JSONNumber.value(text) != nil
                ? "its values are no strings; write the number without quotes" : "its values are no strings"
        }
    }
}
