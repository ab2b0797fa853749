import DurableStorage
import Essentials
import NegativeReview
import RetrievalData

/// Answers requests: everything of the server but the network.
public final class SearchService: Sendable {
    /// What is served.
    public let collection: LiveCollection
    private let routes: RouteTable
    private let access: AccessRules
    private let metrics: ServerMetrics
    private let log: @Sendable (String) -> Void
    private let quickPaths: Set<String>

    /// A service; `review` has the questions of `/review`, and `log` is told of what went wrong inside.
    public init(
        collection: LiveCollection, review: ReviewSession? = nil, options: ServerOptions,
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.collection = collection
        self.log = log
        access = AccessRules(options)
        quickPaths = Set(PageFile.all.map(\.path) + ["/health", "/systems"])
        var routes = Self.searchRoutes(version: options.version, hasReview: review != nil)
        routes += ReviewEndpoints.routes(review) + PageFile.all.map(\.route)
        let names = routes.map { "\($0.method) \($0.path)" } + ["GET /metrics", "other"]
        let metrics = ServerMetrics(routes: names.count - 1)
        routes.append(
            Route(path: "/metrics") { _ in
                MetricsEndpoint.answer(
                    metrics.snapshot, routes: names, collection: collection, version: options.version)
            })
        self.metrics = metrics
        self.routes = RouteTable(routes)
    }

    private static func searchRoutes(version: String, hasReview: Bool) -> [Route] {
        [
            Route(path: "/search", parameters: SearchEndpoint.parameters, answer: SearchEndpoint.answer),
            Route(
                method: "POST", path: "/search", parameters: SearchEndpoint.parameters, answer: SearchEndpoint.answer),
            Route(path: "/compare", parameters: CompareEndpoint.parameters, answer: CompareEndpoint.answer),
            Route(path: "/documents/{id}", answer: DocumentEndpoint.answer),
            Route(path: "/analyze", parameters: AnalyzeEndpoint.parameters, answer: AnalyzeEndpoint.answer),
            Route(path: "/negatives", parameters: NegativesEndpoint.parameters, answer: NegativesEndpoint.answer),
            Route(path: "/systems") { StatusEndpoints.systems($0, version: version, hasReview: hasReview) },
            Route(path: "/health", isOpen: true) { StatusEndpoints.health($0, version: version) },
        ]
    }

    /// Whether an answer takes a fraction of a millisecond: a search by words alone, and what is at hand already.
    ///
    /// A search is told by its text: no parameter but `q` and a `k` of at most two digits.
    public func isQuick(_ request: ServerRequest) -> Bool {
        guard request.method == "GET", request.target.utf8.count < 512 else { return false }
        if request.path != "/search" { return quickPaths.contains(String(request.path)) }
        guard collection.current.searchesQuickly else { return false }
        return request.query.utf8.split(separator: UInt8(ascii: "&")).allSatisfy { pair in
            pair.starts(with: "q=".utf8) || pair.starts(with: "k=".utf8) && pair.count <= 4
        }
    }

    /// All routes, for the test that compares them with the OpenAPI document.
    var routeList: [Route] { routes.routes }

    /// Their names, such as `GET /search`.
    var routeNames: [String] { routes.routes.map { "\($0.method) \($0.path)" } }

    /// The answer to a request; never throws, and any input gets a status below 500 unless something broke inside.
    public func respond(to request: ServerRequest) -> ServerResponse {
        let start = ContinuousClock.now
        var number: Int?
        var response: ServerResponse
        do {
            let found = try routes.find(request.method, request.path)
            number = found.number
            response = try answer(request, routes.routes[found.number], id: found.id)
        } catch {
            response = problem(error).response
        }
        metrics.record(route: number, status: response.status, seconds: start.milliseconds / 1000)
        return response
    }

    private func answer(_ request: ServerRequest, _ route: Route, id: String) throws -> ServerResponse {
        try access.check(request, route: route)
        let arguments =
            route.method == "POST"
            ? try Arguments(body: request.body, taking: route.parameters)
            : try Arguments(query: route.ignoresQuery ? "" : request.query, taking: route.parameters)
        return try route.answer(Route.Call(arguments: arguments, id: id, collection: collection.current))
    }

    /// What a client is told of an error: nothing of this machine, such as its paths.
    private func problem(_ error: any Error) -> Problem {
        if let problem = error as? Problem { return problem }
        log("\(error)")
        if case StorageError.corrupt = error { return Problem(500, "the index is damaged; decoy check says where") }
        return Problem(500, "something broke inside; the server's messages say what")
    }

    /// Counts a request that got no further than the network.
    func record(_ problem: Problem) -> ServerResponse {
        metrics.record(route: nil, status: problem.status, seconds: 0)
        return problem.response
    }
}
