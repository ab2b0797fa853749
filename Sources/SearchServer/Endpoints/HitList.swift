import LexicalSearch
import RetrievalData

/// Writes the hits of one ranking, with as much of each as was asked for.
struct HitList {
    var collection: ServedCollection
    /// Whether title and text of each document are wanted.
    var withDocuments = false
    /// Marks the query's words; nil where nothing is to be marked.
    var highlighter: Highlighter?
    /// One explanation a hit; nil where none is wanted.
    var explanations: [ScoreExplanation]?

    /// The array of hits, ranks from 1.
    func write(_ hits: [ScoredDocument], to json: inout JSONWriter) throws {
        try json.array { json in
            for (place, hit) in hits.enumerated() {
                try json.object { json in
                    json.field("rank", place + 1)
                    json.field("id", hit.id)
                    json.field("score", hit.score)
                    try writeDetails(of: hit.id, to: &json)
                    if let explanations, explanations.indices.contains(place) {
                        json.field("explanation", json: try JSONWriter.encoded(explanations[place]))
                    }
                }
            }
        }
    }

    private func writeDetails(of id: DocumentID, to json: inout JSONWriter) throws {
        guard withDocuments || highlighter != nil, let document = try collection.documents?.document(id) else { return }
        if withDocuments {
            json.field("title", document.title)
            json.field("text", document.text)
        }
        if let highlighter {
            json.field("highlights") { Self.write(highlighter.snippet(of: document.contents), to: &$0) }
        }
    }

    /// Title and best stretch of documents, by id.
    func writeSummaries(of ids: [DocumentID], to json: inout JSONWriter) throws {
        var seen: Set<DocumentID> = []
        try json.object { json in
            for id in ids where seen.insert(id).inserted {
                guard let document = try collection.documents?.document(id) else { continue }
                json.field(named: id) { json in
                    json.object { json in
                        json.field("title", document.title)
                        if let highlighter {
                            json.field("highlights") {
                                Self.write(highlighter.snippet(of: document.text, length: 240), to: &$0)
                            }
                        }
                    }
                }
            }
        }
    }

    /// A snippet as `search --output-format jsonl` writes it.
    static func write(_ snippet: Snippet, to json: inout JSONWriter) {
        json.object { json in
            json.field("text", snippet.text)
            json.field("start", snippet.start)
            json.field("end", snippet.end)
            json.field("ranges") { json in
                json.array { json in
                    for range in snippet.ranges {
                        json.array { json in
                            json.value(range.lowerBound)
                            json.value(range.upperBound)
                        }
                    }
                }
            }
        }
    }
}
