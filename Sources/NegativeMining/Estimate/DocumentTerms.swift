import RetrievalData
import Synchronization

/// The distinct terms of a document by their hashes, in ascending order, each with its weight.
final class TermProfile: Sendable {
    let terms: [UInt64]
    let weights: [Double]
    /// The sum of the weights.
    let total: Double
    /// The distinct terms of the title, in ascending order.
    let title: [UInt64]
    /// The hash of the document's contents as `TextIndex` has it.
    let contentHash: UInt64

    init(terms: [UInt64], weights: [Double], title: [UInt64], contentHash: UInt64) {
        self.terms = terms
        self.weights = weights
        self.title = title
        self.contentHash = contentHash
        total = weights.reduce(0, +)
    }
}

/// Gives the terms of documents, each analyzed once as long as there is room.
final class DocumentTerms: Sendable {
    private struct Cache {
        var profiles: [DocumentID: TermProfile?] = [:]
        var terms = 0
    }

    /// How many terms are held, at 16 bytes each; beyond that all are forgotten.
    ///
    /// Answers don't depend on it.
    private static let capacity = 4_000_000

    private let documents: any DocumentStore
    private let extraction: TermExtraction
    private let weights: TermWeights
    private let cache = Mutex(Cache())

    init(documents: any DocumentStore, terms: @escaping TermExtraction, threads: Int = 1) throws {
        self.documents = documents
        extraction = terms
        weights = try TermWeights(documents: documents, terms: terms, threads: threads)
    }

    /// The distinct terms of a text in ascending order of their hashes.
    func hashes(of text: String) -> [UInt64] {
        extraction(text).distinct
    }

    /// The terms of a document; nil where the store lacks it.
    func profile(of id: DocumentID) throws -> TermProfile? {
        if let known = cache.withLock({ $0.profiles[id] }) { return known }
        let profile = try documents.document(id).map(profile)
        cache.withLock { cache in
            if cache.terms > Self.capacity { cache = Cache() }
            cache.profiles[id] = .some(profile)
            cache.terms += profile?.terms.count ?? 1
        }
        return profile
    }

    private func profile(of document: Document) -> TermProfile {
        let contents = document.contents
        let terms = hashes(of: contents)
        return TermProfile(
            terms: terms, weights: terms.map(weights.weight),
            title: document.title.isEmpty ? [] : hashes(of: document.title),
            contentHash: StableHash.fnv1a64(contents))
    }
}

extension TermProfile {
    /// The profile without some terms, which stand in ascending order.
    func without(_ excluded: [UInt64]) -> TermProfile {
        let kept = terms.indices.filter { !excluded.containsSorted(terms[$0]) }
        return TermProfile(
            terms: kept.map { terms[$0] }, weights: kept.map { weights[$0] }, title: title, contentHash: contentHash)
    }

    /// The sum of the weights without some terms, which stand in ascending order.
    func total(without excluded: [UInt64]) -> Double {
        excluded.reduce(total) { sum, term in terms.firstSorted(term).map { sum - weights[$0] } ?? sum }
    }

    /// The weight of the terms in common with a profile, over the geometric mean of both weights.
    ///
    /// 1 for equal sets, 0 for sets without a common term. Where `other` lacks some terms, the total of `self` is to be given without them.
    func overlap(_ other: TermProfile, total: Double) -> Double {
        let product = total * other.total
        guard product > 0 else { return 0 }
        var common = 0.0
        var mine = 0
        var theirs = 0
        while mine < terms.count && theirs < other.terms.count {
            if terms[mine] == other.terms[theirs] {
                common += weights[mine]
                mine += 1
                theirs += 1
            } else if terms[mine] < other.terms[theirs] {
                mine += 1
            } else {
                theirs += 1
            }
        }
        return common / product.squareRoot()
    }

    /// The share of common terms in all terms of both titles (Jaccard); 0 where a title is empty.
    func titleOverlap(_ other: TermProfile) -> Double {
        let common = title.count { other.title.containsSorted($0) }
        let all = title.count + other.title.count - common
        return all > 0 ? Double(common) / Double(all) : 0
    }
}

extension [UInt64] {
    /// Each value once, in ascending order.
    var distinct: [UInt64] {
        var values = self
        values.sort()
        var kept = 0
        for value in values where kept == 0 || values[kept - 1] != value {
            values[kept] = value
            kept += 1
        }
        values.removeLast(values.count - kept)
        return values
    }

    /// Whether an array in ascending order holds a value.
    fileprivate func containsSorted(_ value: UInt64) -> Bool { firstSorted(value) != nil }

    /// Where an array in ascending order holds a value.
    fileprivate func firstSorted(_ value: UInt64) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == value ? low : nil
    }
}
