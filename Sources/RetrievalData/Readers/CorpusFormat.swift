/// How a corpus is written.
public enum CorpusFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// Found out from the path and, where that says nothing, from the first bytes.
    case auto
    /// A folder with `corpus.jsonl` in it, plain, `.gz` or `.zst`.
    case beir
    /// JSON Lines: one object a line with `_id`, `title`, `text`, or the names that Anserini and Tevatron use.
    case jsonl
    /// Tab-separated `id text` or `id title text`, with or without a header line.
    case tsv
    /// Comma-separated with a header line (RFC 4180).
    case csv
    /// TREC's SGML: `<DOC>`, `<DOCNO>`, `<TEXT>`.
    case trec
    /// A folder of `.txt` and `.md` files, one document a file.
    case text

    /// The format that a file's name tells, after any `.gz` or `.zst`; nil where it tells none.
    static func named(by path: String) -> CorpusFormat? {
        let name = Compression.withoutEnding(path).lowercased()
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") || name.hasSuffix(".json") { return .jsonl }
        if name.hasSuffix(".tsv") { return .tsv }
        if name.hasSuffix(".csv") { return .csv }
        if name.hasSuffix(".trec") || name.hasSuffix(".sgml") || name.hasSuffix(".sgm") { return .trec }
        return nil
    }

    /// The format that the first bytes of a file tell; nil where they tell none.
    static func guessed(from bytes: UnsafeBufferPointer<UInt8>) -> CorpusFormat? {
        guard let first = bytes.first(where: { $0 > 32 }) else { return nil }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .jsonl }
        if first == UInt8(ascii: "<") { return .trec }
        return bytes.prefix(while: { $0 != 10 }).contains(9) ? .tsv : nil
    }
}
