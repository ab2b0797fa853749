import Decoy

/// The documents of a corpus in memory, for retrievers that hold no texts.
struct CorpusTexts: DocumentStore {
    private let ids: [DocumentID]
    private let documents: [DocumentID: Document]

    /// Reads a corpus as `CorpusReader` does.
    init(path: String) throws {
        var documents: [DocumentID: Document] = [:]
        var ids: [DocumentID] = []
        try CorpusReader.read(path) { batch in
            for document in batch {
                ids.append(document.id)
                documents[document.id] = document
            }
        }
        self.ids = ids
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
