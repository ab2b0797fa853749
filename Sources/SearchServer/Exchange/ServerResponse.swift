import Essentials

/// One answer: status, type, further headers, body.
public struct ServerResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header `Content-Type`.
    public var contentType: String
    /// Further headers.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// A response from its parts.
    public init(
        status: Int = 200, contentType: String, headers: [(name: String, value: String)] = [], body: [UInt8]
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// JSON that was written already.
    static func json(_ json: JSONWriter) -> ServerResponse {
        ServerResponse(contentType: "application/json", body: json.bytes)
    }

    /// A value as JSON with sorted keys; absent optionals have no key.
    static func json(_ value: some Encodable) throws -> ServerResponse {
        ServerResponse(contentType: "application/json", body: try JSONWriter.encoded(value))
    }
}
