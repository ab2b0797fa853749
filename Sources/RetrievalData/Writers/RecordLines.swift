extension Document {
    /// The document as a line of BEIR's `corpus.jsonl`, with its end; the metadata's fields follow id, title and text.
    public func jsonLine() -> String {
        "{\"_id\": \(JSONText.quoted(id)), \"title\": \(JSONText.quoted(title)), \"text\": \(JSONText.quoted(text))"
            + RecordLine.rest(metadata)
    }
}

extension Query {
    /// The query as a line of BEIR's `queries.jsonl`, with its end; the metadata's fields follow id and text.
    public func jsonLine() -> String {
        "{\"_id\": \(JSONText.quoted(id)), \"text\": \(JSONText.quoted(text))" + RecordLine.rest(metadata)
    }
}

private enum RecordLine {
    /// The fields of a metadata object without its braces, and the end of the line.
    static func rest(_ metadata: String?) -> String {
        guard let metadata, metadata.hasPrefix("{"), metadata.hasSuffix("}") else { return "}\n" }
        let inner = metadata.dropFirst().dropLast()
        return inner.isEmpty ? "}\n" : ", " + inner + "}\n"
    }
}
