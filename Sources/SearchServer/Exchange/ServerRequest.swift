/// One request as the routes see it: what is of use of its head, and its body.
public struct ServerRequest: Sendable {
    /// The method, such as `GET`.
    public var method: String
    /// The path and query of the request line, percent-encoded as they came.
    public var target: String
    /// The header `Host`, which HTTP/1.1 demands.
    public var host: String?
    /// The header `Authorization`.
    public var authorization: String?
    /// The header `Content-Type`.
    public var contentType: String?
    /// The body; empty where there is none.
    public var body: [UInt8]

    /// A request from its parts.
    public init(
        method: String = "GET", target: String, host: String? = "localhost", authorization: String? = nil,
        contentType: String? = nil, body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.host = host
        self.authorization = authorization
        self.contentType = contentType
        self.body = body
    }

    /// The path, without the query.
    var path: Substring { target.prefix { $0 != "?" } }

    /// What stands behind the question mark; empty where there is none.
    var query: Substring { target.dropFirst(path.count + 1) }
}
