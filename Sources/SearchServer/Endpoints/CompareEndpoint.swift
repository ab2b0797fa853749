import RetrievalData

/// `/compare`: the rankings of all systems for one query, side by side.
enum CompareEndpoint {
    static let parameters = [
        Parameter(name: "q", kind: .text(limit: SearchEndpoint.queryLimit), isRequired: true),
        Parameter(name: "k", kind: .integer(1...100)),
    ]

    static func answer(_ call: Route.Call) throws -> ServerResponse {
        let start = ContinuousClock.now
        let text = try call.arguments.required("q")
        let k = call.arguments.integer("k") ?? 10
        let query = Query(id: "1", text: text)
        let rankings = try call.collection.systems.map { try SearchEndpoint.hits(of: query, k: k, $0.retriever) }
        let details = HitList(
            collection: call.collection, highlighter: try SearchEndpoint.highlighter(for: text, call.collection))
        let plain = HitList(collection: call.collection)
        var json = JSONWriter()
        try json.object { json in
            json.field("query", text)
            json.field("k", k)
            json.field("commit", call.collection.commit)
            json.field("took_ms", start.milliseconds)
            try json.field("columns") { json in
                try json.array { json in
                    for (system, hits) in zip(call.collection.systems, rankings) {
                        try json.object { json in
                            system.write(to: &json)
                            try json.field("hits") { try plain.write(hits, to: &$0) }
                        }
                    }
                }
            }
            try json.field("documents") {
                try details.writeSummaries(of: rankings.flatMap { $0.map(\.id) }, to: &$0)
            }
        }
        return .json(json)
    }
}

extension ServedSystem {
    /// The fields that say which system it is.
    func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("mode", mode.rawValue)
        json.field("model", model)
    }
}
