/// Rejects a candidate without a text in the document store, such as a document of an older run file.
public struct MissingDocumentFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.missingDocument.rawValue }

    /// The filter.
    public init() {}

    /// Looks the candidate up.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
        candidate.contentHash == nil ? .missingDocument : nil
    }
}
