/// The lines that OpenSearch and Elasticsearch read: documents for `_bulk`, queries for `_msearch`.
///
/// Both are lines of JSON in pairs, each with its end (docs.opensearch.org, Bulk API and Multi-Search API). A document has the fields
/// `title`, `text` and `metadata`, an object of everything else, so that no key collides with theirs or with the reserved ones.
public struct OpenSearchLines: Sendable, Hashable {
    /// The index that the lines name.
    public let index: String

    /// The longest id of a document in bytes.
    public static let maximumIDLength = 512

    /// Lines for an index; nil where the name breaks the rules: lower case, up to 255 bytes, none of `\ / * ? " < > | , # :` and white
    /// space, and no `_`, `-`, `+` or `.` at the beginning.
    public init?(index: String) {
        let forbidden: Set<Character> = ["\\", "/", "*", "?", "\"", "<", ">", "|", ",", "#", ":"]
        guard let first = index.first, !"_-+.".contains(first), index.utf8.count <= 255, index == index.lowercased(),
            index.allSatisfy({ !forbidden.contains($0) && !$0.isWhitespace }),
            index.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { return nil }
        self.index = index
    }

    /// A document as the action line and the document line of `_bulk`; throws `InputError` where its id is too long for an `_id`.
    public func bulk(_ document: Document) throws -> String {
        if document.id.utf8.count > Self.maximumIDLength {
            throw InputError(
                source: index,
                problem:
                    "the id '\(document.id.prefix(40))…' has \(document.id.utf8.count) bytes, and an _id up to 512",
                remedy: "give the document a shorter id")
        }
        var action = JSONObjectText()
        action.add("_index", index)
        action.add("_id", document.id)
        var lines = JSONObjectText()
        lines.add("index", json: action.closed)
        var source = JSONObjectText()
        if !document.title.isEmpty { source.add("title", document.title) }
        source.add("text", document.text)
        if let metadata = document.metadata { source.add("metadata", json: metadata) }
        return lines.line + source.line
    }

    /// A query as the header and the body of `_msearch`: the best `k` documents without their sources, statistics over all shards.
    ///
    /// It matches the field `contents`, or, with fields (`title^2`), the sum of what each gives. The query bears its id as `_name`,
    /// which comes back with each hit.
    public func search(_ query: Query, k: Int, fields: [String] = []) -> String {
        var header = JSONObjectText()
        header.add("index", index)
        header.add("search_type", "dfs_query_then_fetch")
        var match = JSONObjectText()
        match.add("query", query.text)
        if !fields.isEmpty {
            match.add("fields", fields)
            match.add("type", "most_fields")
        }
        match.add("_name", query.id)
        var clause = JSONObjectText()
        if fields.isEmpty {
            var field = JSONObjectText()
            field.add("contents", json: match.closed)
            clause.add("match", json: field.closed)
        } else {
            clause.add("multi_match", json: match.closed)
        }
        var body = JSONObjectText()
        body.add("query", json: clause.closed)
        body.add("size", json: String(k))
        body.add("_source", json: "false")
        body.add("track_total_hits", json: "false")
        return header.line + body.line
    }
}
