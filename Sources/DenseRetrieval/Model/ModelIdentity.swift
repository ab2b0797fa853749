import DurableStorage

/// What tells one model from another: checksums of its tables and of its tokenizer.
///
/// Not fit against forgery.
public struct ModelIdentity: Sendable, Hashable, Codable {
    /// The CRC-32C of the query table's values.
    public var queryTable: String
    /// The CRC-32C of the document table's values.
    public var documentTable: String
    /// The CRC-32C of the tokenizer's JSON.
    public var tokenizer: String
}

extension DualEncoder {
    /// The model's identity.
    ///
    /// Complexity: linear in the tables.
    public func identity() -> ModelIdentity {
        let document = documentEncoder.table.withBytes { FileRecord.hexadecimal(CRC32C.checksum($0)) }
        let query =
            towers == .shared ? document : queryEncoder.table.withBytes { FileRecord.hexadecimal(CRC32C.checksum($0)) }
        let tokenizer = CRC32C.checksum(Array(documentEncoder.tokenizer.tokenizerJSON().utf8))
        return ModelIdentity(queryTable: query, documentTable: document, tokenizer: FileRecord.hexadecimal(tokenizer))
    }
}
