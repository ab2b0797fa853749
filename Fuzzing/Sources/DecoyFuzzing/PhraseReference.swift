import RetrievalData
import TextAnalysis

@testable import LexicalSearch

/// Which documents of a `SmallIndex` hold a phrase, straight from their texts.
struct PhraseReference {
    private let analyzer: Analyzer
    /// For each document its id, and for each of its fields the terms by position.
    private let documents: [(id: String, fields: [[Int: String]])]

    init(_ kind: SmallIndex, _ reader: IndexReader) {
        do {
            let analyzer = try Analyzer(reader.analyzerIdentity.options)
            let sources = kind == .fields ? ["title", "text", "tags"] : [Manifest.contentsField]
            documents = try reader.documentIDs().map { id in
                guard let document = try reader.document(id) else { fatalError("no document '\(id)'") }
                let fields = sources.map { source in
                    let tokens = analyzer.tokens(in: Self.text(source, of: document))
                    return Dictionary(tokens.map { ($0.position, $0.term) }) { one, _ in one }
                }
                return (id, fields)
            }
            self.analyzer = analyzer
        } catch {
            fatalError("no documents to compare with: \(error)")
        }
    }

    private static func text(_ source: String, of document: Document) -> String {
        switch source {
        case "title": document.title
        case "text": document.text
        case "tags": FieldSource.metadata("tags", of: document)
        default: document.contents
        }
    }

    /// The documents that hold all phrases; nil where no phrase has a term.
    func documents(holding phrases: [String]) -> Set<String>? {
        let phrases = phrases.map { analyzer.tokens(in: $0) }.filter { !$0.isEmpty }
        if phrases.isEmpty { return nil }
        let holders = documents.filter { document in
            phrases.allSatisfy { phrase in document.fields.contains { Self.holds($0, phrase) } }
        }
        return Set(holders.map(\.id))
    }

    private static func holds(_ field: [Int: String], _ phrase: [Token]) -> Bool {
        field.contains { start, term in
            term == phrase[0].term
                && phrase.allSatisfy { field[start + $0.position - phrase[0].position] == $0.term }
        }
    }
}
