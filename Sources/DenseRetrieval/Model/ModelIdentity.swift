import DurableStorage

/// What tells one model from another: checksums of its weights and of its tokenizer.
///
/// Not fit against forgery.
public struct ModelIdentity: Sendable, Hashable, Codable {
    /// The CRC-32C of the query tower: its table, or its weights and all else that decides a transformer's vectors.
    public var queryTable: String
    /// The same of the document tower.
    public var documentTable: String
    /// The CRC-32C of the tokenizer's JSON.
    public var tokenizer: String
}

extension DualEncoder {
    /// The model's identity.
    ///
    /// Complexity: linear in the tables.
    public func identity() -> ModelIdentity {
        let document = documentEncoder.checksum
        let query = towers == .shared ? document : queryEncoder.checksum
        let tokenizer = CRC32C.checksum(Array(documentEncoder.tokenizer.tokenizerJSON().utf8))
        return ModelIdentity(queryTable: query, documentTable: document, tokenizer: FileRecord.hexadecimal(tokenizer))
    }
}

extension TextEncoder {
    /// The CRC-32C of all that decides the vectors of token sequences.
    fileprivate var checksum: String {
        switch self {
        case .table(let encoder): return encoder.table.withBytes { FileRecord.hexadecimal(CRC32C.checksum($0)) }
        case .transformer(let encoder):
            var checksum = CRC32C()
            for matrix in encoder.matrices { matrix.withBytes { checksum.update($0) } }
            let prompts = encoder.prompts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
            checksum.update(strings: prompts + [encoder.defaultPrompt ?? "", "\(encoder.config)"])
            checksum.update(strings: ["\(encoder.pooling)", "\(encoder.isLowercasing)"])
            checksum.update(encoder.specialTokens.before + [-1] + encoder.specialTokens.after)
            checksum.update([Int64(encoder.longestSequence)])
            return FileRecord.hexadecimal(checksum.value)
        }
    }
}
