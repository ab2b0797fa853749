import RetrievalData
import Synchronization

/// Rejects a candidate of the same source as a positive: both have the same value in a field of the metadata, such as a URL.
///
/// The field is looked for at the top of the metadata, then in the object `metadata` within it, as BEIR has it. Strings, numbers and truth
/// values are compared; of two lists of strings or numbers one common value is enough. Documents without the field belong to no group.
public struct SameGroupFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.sameGroup.rawValue }
    /// The name of the field.
    public let field: String
    private let groups: DocumentGroups

    /// A filter by a field of a store's documents.
    public init(field: String, documents: any DocumentStore) {
        self.field = field
        groups = DocumentGroups(field: field, documents: documents)
    }

    /// Compares the candidate's groups with the positives'.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        try member(with: candidate, in: context) == nil ? nil : .sameGroup
    }

    /// The positive.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence? {
        try member(with: candidate, in: context).map { RejectionEvidence(document: $0) }
    }

    private func member(with candidate: MiningCandidate, in context: MiningContext) throws -> DocumentID? {
        let own = try groups.groups(of: candidate.document)
        if own.isEmpty { return nil }
        return try context.positives.map(\.document).first { positive in
            try groups.groups(of: positive).contains { own.contains($0) }
        }
    }
}

/// The values of one field, read once a document; hashes of 64 bits stand for them.
private final class DocumentGroups: Sendable {
    private let field: String
    private let documents: any DocumentStore
    private let known = Mutex<[DocumentID: [UInt64]]>([:])

    init(field: String, documents: any DocumentStore) {
        self.field = field
        self.documents = documents
    }

    func groups(of id: DocumentID) throws -> [UInt64] {
        if let groups = known.withLock({ $0[id] }) { return groups }
        let groups = try documents.document(id)?.metadata.map(values) ?? []
        known.withLock { $0[id] = groups }
        return groups
    }

    private func values(in metadata: String) -> [UInt64] {
        guard let object = try? JSONLine(parsing: metadata) else { return [] }
        var value = object[field]
        if value == nil, case .raw(let inner) = object["metadata"] { value = (try? JSONLine(parsing: inner))?[field] }
        switch value {
        case nil, .null, .raw: return []
        case .strings(let texts): return texts.map { StableHash.fnv1a64(JSONText.quoted($0)) }
        case .numbers(let numbers): return numbers.map { StableHash.fnv1a64(JSONText.number($0)) }
        case .integer(let number): return [StableHash.fnv1a64(JSONText.number(Double(number)))]
        case .some(let single): return [StableHash.fnv1a64(single.json)]
        }
    }
}
