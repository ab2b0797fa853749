import Decoy

/// The documents of a corpus in memory, for retrievers that hold no texts.
struct CorpusTexts: DocumentStore {
    private let ids: [DocumentID]
    private let documents: [DocumentID: Document]
    /// About what they take in memory.
    let bytes: Int

    /// Reads a corpus as `CorpusReader` does; with `wanted` only those documents are held.
    init(path: String, keeping wanted: Set<DocumentID>? = nil) throws {
        var documents: [DocumentID: Document] = [:]
        var ids: [DocumentID] = []
        var bytes = 0
        try CorpusReader.read(path) { batch in
            for document in batch where wanted?.contains(document.id) != false {
                ids.append(document.id)
                // The strings' bytes; and an entry of the dictionary, which is up to half empty, with their headers.
                bytes += 256 + document.id.utf8.count + document.title.utf8.count + document.text.utf8.count
                bytes += document.metadata?.utf8.count ?? 0
                documents[document.id] = document
            }
        }
        self.ids = ids
        self.bytes = bytes
        self.documents = documents
    }

    func document(_ id: DocumentID) throws -> Document? { documents[id] }

    func documentIDs() throws -> [DocumentID] { ids }
}

/// Documents known by their ids alone; the id stands for the text, so that no two are equal.
struct TextlessDocuments: DocumentStore {
    /// All ids; nil where they are not known.
    let ids: [DocumentID]?

    func document(_ id: DocumentID) throws -> Document? { Document(id: id, text: id) }

    func documentIDs() throws -> [DocumentID] { ids ?? [] }
}
