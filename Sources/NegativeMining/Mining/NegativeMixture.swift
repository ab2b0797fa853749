import RetrievalData

/// Where negatives come from: several sources, each with its share of a query's negatives.
///
/// The sources are asked in their order. A document that an earlier source gave a query, or one with its text, is no candidate of a later
/// one. A source that falls short leaves its share open; `MiningOptions.ifTooFew` says what becomes of that.
public struct NegativeMixture: Sendable {
    /// How a source finds its candidates.
    public enum Kind: Sendable {
        /// The documents that a retriever ranks for the query.
        case retriever(any Retriever)
        /// The documents that a retriever ranks for the text of the query's first positive: its neighbours in the corpus.
        ///
        /// Scores, also those of the positives, are for that text.
        case neighbours(any Retriever)
        /// Random documents that pass the filters, the minimum score left out.
        case random
    }

    /// One source.
    public struct Source: Sendable {
        /// The name that stands at its negatives; nil for none.
        public var name: String?
        /// Its share of the negatives, in proportion to the others' shares.
        public var share: Int
        /// How it finds its candidates.
        public var kind: Kind

        /// A source from its parts.
        public init(name: String?, share: Int, kind: Kind) {
            self.name = name
            self.share = share
            self.kind = kind
        }
    }

    /// The sources in the order in which they are asked.
    public var sources: [Source]

    /// A mixture of sources.
    public init(_ sources: [Source]) { self.sources = sources }

    /// One retriever alone.
    public init(_ retriever: any Retriever) {
        sources = [Source(name: nil, share: 1, kind: .retriever(retriever))]
    }

    /// The name that stands in reports: the retriever's, or names and shares as `bm25=3,random=1`.
    public var name: String {
        if sources.count == 1, sources[0].name == nil, case .retriever(let retriever) = sources[0].kind {
            return retriever.name
        }
        return sources.map { "\($0.name ?? "unnamed")=\($0.share)" }.joined(separator: ",")
    }

    /// A number of negatives dealt out by the shares: rounded down, then one more for the greatest remainders, the earlier first.
    public func counts(of total: Int) -> [Int] {
        let shares = sources.map { Double(max($0.share, 0)) }
        let sum = shares.reduce(0, +)
        guard sum > 0 else { return sources.map { _ in 0 } }
        let exact = shares.map { Double(total) * $0 / sum }
        var counts = exact.map { Int($0) }
        let order = exact.indices.sorted {
            let (one, other) = (exact[$0] - exact[$0].rounded(.down), exact[$1] - exact[$1].rounded(.down))
            return one != other ? one > other : $0 < $1
        }
        for place in order.prefix(max(0, total - counts.reduce(0, +))) { counts[place] += 1 }
        return counts
    }

    /// Throws a `MiningError` that names the first share that cannot be used.
    func validate() throws {
        guard !sources.isEmpty else { throw MiningError(option: "mix", remedy: "name at least one source") }
        for source in sources where !(1...1_000_000).contains(source.share) {
            throw MiningError(
                option: "mix \(source.name ?? "unnamed")=\(source.share)", remedy: "use a share from 1 to 1000000")
        }
    }

    /// The first retriever, which scores what has no retriever of its own.
    var firstRetriever: (any Retriever)? {
        for source in sources {
            if case .retriever(let retriever) = source.kind { return retriever }
        }
        return nil
    }
}
