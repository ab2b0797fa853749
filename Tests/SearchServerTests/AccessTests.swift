import Testing

@testable import SearchServer

@Suite("Who is answered")
struct AccessTests {
    private func status(_ request: ServerRequest, _ change: (inout ServerOptions) -> Void) throws -> Int {
        try ServedSample(change).service.respond(to: request).status
    }

    @Test("With a token only those who bear it are answered; the page and health are open.")
    func tokens() throws {
        func asked(_ target: String, _ authorization: String?) throws -> Int {
            try status(ServerRequest(target: target, authorization: authorization)) { $0.token = "s3cret" }
        }
        #expect(try asked("/search?q=a", "Bearer s3cret") == 200)
        #expect(try asked("/search?q=a", "bearer s3cret") == 200)
        for wrong in [nil, "", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3crets", "Basic s3cret", "s3cret"] {
            #expect(try asked("/search?q=a", wrong) == 401)
        }
        for open in ["/", "/review", "/page/style.css", "/openapi.json", "/health"] {
            #expect(try asked(open, nil) == 200)
        }
        for closed in ["/metrics", "/systems", "/documents/apple-1"] { #expect(try asked(closed, nil) == 401) }
    }

    @Test("Where names are given, a request that calls the server otherwise is misdirected.")
    func hosts() throws {
        func asked(_ host: String?) throws -> Int {
            try status(ServerRequest(target: "/health", host: host)) { $0.allowedHosts = ["localhost", "[::1]"] }
        }
        for right in ["localhost", "localhost:8080", "LOCALHOST", "[::1]:80"] { #expect(try asked(right) == 200) }
        for wrong in [nil, "", "evil.example", "localhost.evil.example", "[::2]:80", "[", ":80"] {
            #expect(try asked(wrong) == 421)
        }
    }

    @Test("What is sent must say that it is JSON, so that no form of a foreign page can send it.")
    func types() throws {
        func asked(_ type: String?) throws -> Int {
            let body = Array(#"{"q": "a"}"#.utf8)
            return try status(
                ServerRequest(method: "POST", target: "/search", contentType: type, body: body)
            ) { _ in }
        }
        for right in ["application/json", "application/json; charset=utf-8", "Application/JSON"] {
            #expect(try asked(right) == 200)
        }
        for wrong in [nil, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
            #expect(try asked(wrong) == 415)
        }
    }
}
