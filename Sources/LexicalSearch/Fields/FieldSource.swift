import RetrievalData

/// Where a field's text stands in a document.
enum FieldSource: Sendable, Hashable {
    /// Title, a space, text: what an index without fields searches.
    case contents
    case title
    case text
    /// A key of the metadata.
    case metadata(String)

    init(field: String) {
        switch field {
        case Manifest.contentsField: self = .contents
        case "title": self = .title
        case "text": self = .text
        default: self = .metadata(field)
        }
    }

    /// The string, or the strings with spaces between, that a document's metadata has for a key; empty where it has none.
    ///
    /// The key is looked for at the top of the metadata, then in the object `metadata` within it, as BEIR has it.
    static func metadata(_ key: String, of document: Document) -> String {
        guard let metadata = document.metadata, let object = try? JSONLine(parsing: metadata) else { return "" }
        if let text = text(object[key]) { return text }
        guard case .raw(let inner) = object["metadata"], let object = try? JSONLine(parsing: inner) else { return "" }
        return text(object[key]) ?? ""
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text
        case .strings(let texts): texts.joined(separator: " ")
        default: nil
        }
    }
}
