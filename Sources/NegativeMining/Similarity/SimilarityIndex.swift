import RetrievalData
import Synchronization

/// Compares documents by the shingles of their contents, holding a signature of 64 bytes for each document it was asked about.
final class SimilarityIndex: Sendable {
    private let documents: any DocumentStore
    private let shingling: Shingling
    private let signatures = Mutex<[DocumentID: MinHashSignature?]>([:])

    /// An index over a store.
    init(documents: any DocumentStore, shingling: Shingling) {
        self.documents = documents
        self.shingling = shingling
    }

    /// Whether the Jaccard similarity of two documents reaches a threshold; false where the store lacks one of them.
    ///
    /// Signatures rule out most pairs, at the odds of `MinHashSignature.mayReach`; the others are compared shingle by shingle.
    func areNear(_ one: DocumentID, _ other: DocumentID, threshold: Double) throws -> Bool {
        guard let left = try signature(of: one), let right = try signature(of: other) else { return false }
        guard left.mayReach(threshold, with: right) else { return false }
        guard let first = try shingles(of: one), let second = try shingles(of: other) else { return false }
        return first.jaccard(second) >= threshold
    }

    /// The signature of a document's contents; nil where the store lacks the document.
    func signature(of id: DocumentID) throws -> MinHashSignature? {
        if let known = signatures.withLock({ $0[id] }) { return known }
        let signature = try shingles(of: id).map { MinHashSignature($0) }
        signatures.withLock { $0[id] = .some(signature) }
        return signature
    }

    private func shingles(of id: DocumentID) throws -> Shingles? {
        try documents.document(id).map { Shingles($0.contents, shingling) }
    }
}
