import RetrievalData
import Synchronization

/// Tells which documents have equal contents, reading each document once: it holds a 64-bit hash per document it was asked about.
///
/// Where two hashes are equal the texts themselves are compared, so that the answer is exact.
public final class TextIndex: Sendable {
    private let documents: any DocumentStore
    private let limit: Int
    private let hashes = Mutex<[DocumentID: UInt64?]>([:])

    /// An index over a store; beyond `limit` hashes it forgets them all and reads documents again.
    public init(documents: any DocumentStore, limit: Int = .max) {
        self.documents = documents
        self.limit = max(limit, 1)
    }

    /// Whether the store has the document.
    public func contains(_ id: DocumentID) throws -> Bool { try contentHash(of: id) != nil }

    /// Whether two documents have equal contents, byte by byte; false where the store lacks one of them.
    public func areEqual(_ one: DocumentID, _ other: DocumentID) throws -> Bool {
        guard let first = try contentHash(of: one), let second = try contentHash(of: other), first == second else {
            return false
        }
        if one == other { return true }
        guard let left = try documents.document(one), let right = try documents.document(other) else { return false }
        return left.contents.utf8.elementsEqual(right.contents.utf8)
    }

    /// The hash of a document's contents, the same in every process; nil where the store lacks the document.
    public func contentHash(of id: DocumentID) throws -> UInt64? {
        if let known = hashes.withLock({ $0[id] }) { return known }
        let hash = try documents.document(id).map { StableHash.fnv1a64($0.contents) }
        hashes.withLock { held in
            if held.count >= limit { held.removeAll(keepingCapacity: true) }
            held[id] = .some(hash)
        }
        return hash
    }
}
