/// How a query is expanded from the documents that it finds first.
///
/// RM1 (Lavrenko and Croft, "Relevance-Based Language Models", SIGIR 2001, section 3.2.1) interpolated with the query as in Abdul-Jaleel
/// and others, "UMass at TREC 2004: Novelty and HARD", TREC 2004, section 4 (RM3), over BM25 and with the defaults of
/// Anserini's `Rm3Reranker`. With the feedback documents D, their scores s(D) and tf(t, D) counted over the terms that may be taken:
///
///     w(t) = Σ_D s(D) · tf(t, D) / Σ_u tf(u, D)
///     p(t) = w(t) / Σ w over the `terms` terms of the highest w, ties by ascending bytes; 0 for all others
///     weight(t) = λ · q(t) / Σ q + (1 − λ) · p(t), q(t) being the number of occurrences in the query
///
/// A term may be taken if it has 2 to 20 Unicode scalars and at most a tenth of the documents hold it. Where none can be taken λ is 1.
public struct RM3: Codable, Sendable, Hashable {
    /// How many of the first documents are looked at.
    public var documents: Int
    /// How many terms are taken from them.
    public var terms: Int
    /// λ, the weight of the original query: 0 to 1.
    public var weight: Double

    /// An expansion from its parameters.
    public init(documents: Int = 10, terms: Int = 10, weight: Double = 0.5) {
        self.documents = documents
        self.terms = terms
        self.weight = weight
    }

    /// Throws `SearchError.invalidParameter` unless documents and terms lie in 1...1000 and the weight in 0...1.
    public func validate() throws {
        for (name, value) in [("documents", documents), ("terms", terms)] where !(1...1000).contains(value) {
            throw SearchError.invalidParameter(name: name, value: "\(value)", expected: "1 to 1000, such as 10")
        }
        if !(weight >= 0 && weight <= 1) {
            throw SearchError.invalidParameter(
                name: "weight", value: "\(weight)", expected: "a number from 0 to 1, such as 0.5")
        }
    }

    /// The lengths in Unicode scalars of terms that may be taken.
    static let lengths = 2...20
    /// One in so many documents may hold a term that is taken.
    static let rarity = 10
}
