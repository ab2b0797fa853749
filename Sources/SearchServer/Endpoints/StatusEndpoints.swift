import RetrievalData

/// `/health` and `/systems`: what is served.
enum StatusEndpoints {
    /// Whether the server answers, for load balancers.
    static func health(_ call: Route.Call, version: String) -> ServerResponse {
        var json = JSONWriter()
        json.object { json in
            json.field("status", "ok")
            json.field("documents", call.collection.documentCount)
            json.field("commit", call.collection.commit)
            json.field("version", version)
        }
        return .json(json)
    }

    /// The index and the columns of the page.
    static func systems(_ call: Route.Call, version: String, hasReview: Bool) -> ServerResponse {
        let collection = call.collection
        var json = JSONWriter()
        json.object { json in
            json.field("version", version)
            json.field("index") { json in
                json.object { json in
                    json.field("documents", collection.documentCount)
                    json.field("analyzer", collection.searcher?.reader.summary.analyzer.options.name)
                    json.field("commit", collection.commit)
                    json.field("storesText", collection.documents != nil)
                }
            }
            json.field("columns") { json in
                json.array { json in
                    for system in collection.systems { json.object { system.write(to: &$0) } }
                }
            }
            json.field("rerank", collection.reranker != nil)
            json.field("review", hasReview)
        }
        return .json(json)
    }
}
