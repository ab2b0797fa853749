/// One address with one method: what it takes, who may ask, and how it is answered.
struct Route: Sendable {
    /// What an answer is made from.
    struct Call: Sendable {
        var arguments: Arguments
        /// What stands for `{id}` in the path, decoded; empty where the path has none.
        var id: String
        /// The commit that this request sees.
        var collection: ServedCollection
    }

    var method = "GET"
    /// The path as OpenAPI writes it; `{id}` may stand at its end.
    var path: String
    var parameters: [Parameter] = []
    /// Whether it is answered without the token.
    var isOpen = false
    /// Whether what follows the question mark is not for the server: a page's script reads it.
    var ignoresQuery = false
    var answer: @Sendable (Call) throws -> ServerResponse
}

/// All routes, found by path and method.
struct RouteTable: Sendable {
    let routes: [Route]
    private let byPath: [String: [Int]]

    init(_ routes: [Route]) {
        self.routes = routes
        byPath = Dictionary(grouping: routes.indices) { routes[$0].path }
    }

    /// The route of a request, its number, and what stands for `{id}`; `HEAD` is answered as `GET`.
    func find(_ method: String, _ path: Substring) throws(Problem) -> (number: Int, id: String) {
        guard let (places, id) = try places(of: path) else {
            throw .notFound("there is nothing at this address; /openapi.json lists what there is")
        }
        let wanted = method == "HEAD" ? "GET" : method
        if let place = places.first(where: { routes[$0].method == wanted }) { return (place, id) }
        var allowed = places.map { routes[$0].method }
        if allowed.contains("GET") { allowed.append("HEAD") }
        throw Problem(
            405, "this address takes \(allowed.joined(separator: ", "))",
            headers: [("Allow", allowed.joined(separator: ", "))])
    }

    private func places(of path: Substring) throws(Problem) -> ([Int], String)? {
        if let places = byPath[String(path)] { return (places, "") }
        guard let slash = path.dropFirst().firstIndex(of: "/"),
            let places = byPath[path[...slash] + "{id}"]
        else { return nil }
        guard let id = PercentEncoding.decoded(path[path.index(after: slash)...].utf8, isForm: false) else {
            throw .badRequest("the path is not percent-encoded UTF-8")
        }
        return (places, id)
    }
}
