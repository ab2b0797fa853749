import RetrievalData
import Synchronization

/// Compares documents by the shingles of their contents, holding a signature of 64 bytes for each document it was asked about.
final class SimilarityIndex: Sendable {
    /// What is held at most.
    struct Limits: Sendable {
        /// Documents with a signature.
        var signatures = Int.max
        /// Documents with their shingles.
        var recent = 4096
        /// Shingles of all of them.
        var shingles = Int.max
    }

    private let limits = Mutex(Limits())
    private let documents: any DocumentStore
    private let shingling: Shingling
    private let signatures = Mutex<[DocumentID: MinHashSignature?]>([:])
    private let recent = Mutex<(documents: [DocumentID: Shingles], shingles: Int)>(([:], 0))

    /// An index over a store.
    init(documents: any DocumentStore, shingling: Shingling) {
        self.documents = documents
        self.shingling = shingling
    }

    /// Bounds what is held from now on.
    func limit(_ new: Limits) { limits.withLock { $0 = new } }

    /// Whether the Jaccard similarity of a candidate and a document reaches a threshold; false where the store lacks one of them.
    ///
    /// Signatures rule out most pairs, at the odds of `MinHashSignature.mayReach`; the others are compared shingle by shingle.
    func isNear(
        _ candidate: MiningCandidate, _ other: DocumentID, _ signature: MinHashSignature?, threshold: Double
    ) throws -> Bool {
        guard let left = candidate.signature, let right = signature, left.mayReach(threshold, with: right),
            let first = try shingles(of: candidate.document), let second = try shingles(of: other)
        else { return false }
        return first.jaccard(second) >= threshold
    }

    /// The document that a candidate is nearest to, the first of equals, with its similarity beside the threshold; nil where none reaches that.
    func nearest(
        to candidate: MiningCandidate, among documents: [DocumentID], threshold: Double
    ) throws -> RejectionEvidence? {
        var nearest: RejectionEvidence?
        for document in documents {
            guard try isNear(candidate, document, signature(of: document), threshold: threshold),
                let first = try shingles(of: candidate.document), let second = try shingles(of: document)
            else { continue }
            let similarity = first.jaccard(second)
            if similarity > nearest?.value ?? -1 {
                nearest = RejectionEvidence(value: similarity, limit: threshold, document: document)
            }
        }
        return nearest
    }

    /// The signature of a document's contents; nil where the store lacks the document.
    func signature(of id: DocumentID) throws -> MinHashSignature? {
        if let known = signatures.withLock({ $0[id] }) { return known }
        let signature = try documents.document(id).map { MinHashSignature(Shingles($0.contents, shingling)) }
        let limit = limits.withLock { $0.signatures }
        signatures.withLock { held in
            if held.count >= limit { held.removeAll(keepingCapacity: true) }
            held[id] = .some(signature)
        }
        return signature
    }

    private func shingles(of id: DocumentID) throws -> Shingles? {
        if let known = recent.withLock({ $0.documents[id] }) { return known }
        guard let shingles = try documents.document(id).map({ Shingles($0.contents, shingling) }) else { return nil }
        let limits = limits.withLock { $0 }
        recent.withLock { held in
            if held.documents.count >= limits.recent || held.shingles >= limits.shingles { held = ([:], 0) }
            held.documents[id] = shingles
            held.shingles += shingles.hashes.count
        }
        return shingles
    }
}
