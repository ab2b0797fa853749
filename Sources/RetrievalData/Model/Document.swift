/// The user's name of a document: any non-empty string without white space.
public typealias DocumentID = String

/// The user's name of a query.
public typealias QueryID = String

/// One document of a corpus: an id, a title that may be empty, and a text.
public struct Document: Sendable, Hashable {
    /// The user's name of the document.
    public var id: DocumentID
    /// The title; empty where the source has none.
    public var title: String
    /// The body text.
    public var text: String
    /// Everything else the source says of the document, as one JSON object; nil where it says nothing.
    public var metadata: String?

    /// A document from its parts.
    public init(id: DocumentID, title: String = "", text: String, metadata: String? = nil) {
        self.id = id
        self.title = title
        self.text = text
        self.metadata = metadata
    }

    /// What is indexed and encoded by default: title, a space, text (BEIR's flat form); the text alone where there is no title.
    public var contents: String { title.isEmpty ? text : title + " " + text }
}
