import DurableStorage
import RetrievalData

@testable import LexicalSearch

/// All that a user sees of a small index: hits of words, of phrases and of a filter, and the documents.
struct IndexView: Equatable {
    var hits: [[ScoredDocument]]
    var documents: [Document]

    private static let queries = ["apple", "red apple", "pie wine", "none"]
    private static let phrases = [#""red apple""#, #""apple pie" wine"#]

    /// The view of an index; a filter on the key `year` is part of it where a document has one.
    init(_ directory: any Directory) throws {
        let reader = try IndexReader(directory: directory)
        var searcher = try Searcher(reader: reader)
        hits = try Self.queries.map { try searcher.search($0, k: 20) }
        if reader.summary.storesPositions {
            searcher.phrases = true
            hits += try Self.phrases.map { try searcher.search($0, k: 20) }
            if reader.fields == nil {
                hits.append(try ProximityRetriever(searcher, depth: 3).search("red pie apple", k: 20))
            }
        }
        if reader.hasMetadataColumns, try reader.metadataKeys().contains(where: { $0.name == "year" }) {
            let recent = try searcher.restricted(to: MetadataFilter("year >= 2000 and not (year = 2021)"))
            hits += try Self.queries.map { try recent.search($0, k: 20) }
        }
        documents = try reader.documentIDs().compactMap { try reader.document($0) }
    }
}
