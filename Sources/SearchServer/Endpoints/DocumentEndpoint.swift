import RetrievalData

/// `/documents/{id}`: one document as it was indexed.
enum DocumentEndpoint {
    static func answer(_ call: Route.Call) throws -> ServerResponse {
        guard let document = try SearchEndpoint.texts(of: call.collection).document(call.id) else {
            throw Problem.notFound("no document has the id \(Parameter.shown(call.id))")
        }
        var json = JSONWriter()
        json.object { json in
            json.field("id", document.id)
            json.field("title", document.title)
            json.field("text", document.text)
            if let metadata = document.metadata { json.field("metadata", json: Array(metadata.utf8)) }
        }
        return .json(json)
    }
}
