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

/// Documents known by their ids alone: whatever is asked for is there and has no text.
struct TextlessDocuments: DocumentStore {
    func document(_ id: DocumentID) throws -> Document? { Document(id: id, text: "") }

    func documentIDs() throws -> [DocumentID] { [] }
}
