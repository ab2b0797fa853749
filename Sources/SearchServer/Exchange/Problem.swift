/// Why a request got no answer, as RFC 9457 writes it.
public struct Problem: Error, Sendable {
    /// The status code, 400 and above.
    public var status: Int
    /// What is wrong with this request, and what would be right.
    public var detail: String
    /// Headers that belong to the status, such as `Allow`.
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ detail: String, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.detail = detail
        self.headers = headers
    }

    /// The request can't be answered as it is.
    static func badRequest(_ detail: String) -> Problem { Problem(400, detail) }

    /// There is no such thing.
    static func notFound(_ detail: String) -> Problem { Problem(404, detail) }

    /// The name of the status.
    private var title: String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 421: "Misdirected Request"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }

    /// The answer that says so.
    public var response: ServerResponse {
        var json = JSONWriter()
        json.object {
            $0.field("type", "about:blank")
            $0.field("title", title)
            $0.field("status", status)
            $0.field("detail", detail)
        }
        return ServerResponse(
            status: status, contentType: "application/problem+json", headers: headers, body: json.bytes)
    }
}
