import DecoyTestSupport
import Foundation
import Testing

@testable import SearchServer

@Suite("Hostile requests")
struct HostileRequestTests {
    @Test(
        "A wrong parameter is a 400 whose detail names it.",
        arguments: [
            ("/search", "q"), ("/search?q=", "q"), ("/search?q=a&k=0", "k"), ("/search?q=a&k=1001", "k"),
            ("/search?q=a&k=99999999999999999999", "k"), ("/search?q=a&k=1e3", "k"), ("/search?q=a&k=", "k"),
            ("/search?q=a&mode=magic", "mode"), ("/search?q=a&mode=hybrid", "mode"), ("/search?q=a&wat=1", "wat"),
            ("/search?q=a&q=b", "q"), ("/search?q=a&mode=dense&model=x", "model"),
            ("/search?q=a&explain=yes", "explain"),
            ("/search?q=a&mode=dense&explain=true", "explain"), ("/search?q=a&filter=year+%3E", "filter"),
            ("/search?q=a&filter=nokey+%3D+1", "filter"), ("/search?q=a&mode=dense&filter=year+%3D+1", "filter"),
            ("/search?q=%ff", "query"), ("/search?q=%4", "query"), ("/search?q=%zz", "query"),
            ("/compare?q=a&k=101", "k"), ("/negatives?q=a", "positive"), ("/negatives?q=a&positive=none", "positive"),
            ("/negatives?q=a&positive=apple-1&range_min=9&range_max=3", "range"),
            ("/negatives?q=a&positive=apple-1&relative_margin=nan", "relative_margin"), ("/documents/%ff", "path"),
            ("/health?x=1", "x"),
        ])
    func wrongParameters(target: String, name: String) throws {
        let response = try ServedSample().get(target)
        #expect(response.status == 400)
        #expect(response.contentType == "application/problem+json")
        let json = try JSONView(parsing: response.body)
        #expect(json.status.number == 400)
        #expect(json.detail.string?.contains(name) == true, "\(json.detail.string ?? "")")
    }

    @Test("Too long a query is refused, and one of the limit answered.")
    func longQueries() throws {
        let sample = try ServedSample()
        #expect(sample.get("/search?q=" + String(repeating: "a", count: 8193)).status == 400)
        #expect(sample.get("/search?q=" + String(repeating: "a+", count: 4096)).status == 200)
        let deep = String(repeating: "(", count: 2000) + "year=1" + String(repeating: ")", count: 40)
        #expect(sample.get("/search?q=a&filter=" + deep).status == 400)
    }

    @Test(
        "No way leads out of the addresses there are.",
        arguments: [
            "/page/../../../etc/passwd", "/page/%2e%2e/%2e%2e/etc/passwd", "/page/..%2f..%2fetc%2fpasswd",
            "//etc/passwd",
            "/page/search.js/../../manifest", "/page/%00", "/page/", "/page", "/../manifest", "/page/....//x",
            "/documents/../health", "/documents/..%2Fmanifest", "/documents/", "/%2e/health", "\\windows", "", "*",
            "http://127.0.0.1/health",
        ])
    func traversal(target: String) throws {
        let response = try ServedSample().get(target)
        #expect(response.status == 404)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("root:"))
    }

    @Test("No header holds anything of a request, line ends least of all.")
    func headerInjection() throws {
        let sample = try ServedSample()
        for target in [
            "/search?q=a%0d%0aSet-Cookie:%20x=1", "/documents/x%0d%0aSet-Cookie:%20x=1", "/a%0d%0aSet-Cookie:%20x=1",
            "/search?q=a&mode=%0d%0aSet-Cookie:%20x=1",
        ] {
            for header in sample.get(target).headers {
                #expect(!header.value.contains("Set-Cookie") && !header.value.utf8.contains { $0 < 0x20 })
            }
        }
    }

    @Test("Markup in a document travels as text in JSON that no browser takes for a page.")
    func markup() throws {
        let response = try ServedSample().get("/search?q=quoted&documents=true&highlight=true")
        #expect(response.contentType == "application/json")
        let hit = try JSONView(parsing: response.body).hits[0]
        #expect(hit.title.string == "<script>alert(1)</script>")
        #expect(hit.text.string?.contains("<img src=x onerror=alert(2)>") == true)
    }

    @Test("Pages may load nothing but what this server has, and run no script of their own.")
    func policy() throws {
        for path in ["/", "/review"] {
            let response = try ServedSample().get(path)
            let policy = response.headers.first { $0.name == "Content-Security-Policy" }?.value ?? ""
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        }
    }

    @Test("Bodies that are no flat JSON object of the right types are refused.")
    func bodies() throws {
        let sample = try ServedSample()
        for body in [
            "", "[]", "null", "{", #"{"q": 1}"#, #"{"q": "a", "k": "3"}"#, #"{"q": "a", "k": 1.5}"#, #"{"q": ["a"]}"#,
            #"{"q": "a", "explain": "true"}"#, #"{"q": {"a": 1}}"#, #"{"k": 3}"#, #"{"q": "a", "x": 1}"#,
            "{\"q\": \"\u{0}\"", "\u{FEFF}{", String(repeating: "[", count: 5000),
        ] { #expect(sample.post("/search", body).status == 400, "\(body.prefix(40))") }
    }

    @Test("Other methods are told which there are.")
    func methods() throws {
        let sample = try ServedSample()
        for method in ["DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "BREW", ""] {
            let response = sample.service.respond(to: ServerRequest(method: method, target: "/search"))
            #expect(response.status == 405)
            #expect(response.headers.contains { $0.name == "Allow" && $0.value == "GET, POST, HEAD" })
        }
        #expect(sample.service.respond(to: ServerRequest(method: "HEAD", target: "/health")).status == 200)
    }

    @Test("Review without negatives says that there are none.")
    func noReview() throws {
        let sample = try ServedSample()
        #expect(sample.get("/review/state?reviewer=ada").status == 404)
        #expect(sample.post("/review/undo", #"{"reviewer": "ada"}"#).status == 404)
    }

    @Test("Random bytes get an answer that is no failure, and JSON.")
    func randomTargets() throws {
        let sample = try ServedSample()
        let pieces = [
            "/search", "/compare", "/documents/", "/negatives", "/analyze", "?", "&", "=", "q=", "k=", "apple", "%",
            "%2",
            "%E6", "+", "\"", "(", "filter=", "year", "explain=true", "documents=true", "positive=", "\u{0}", "東", "-1",
            "9999999999", "..", ";", "#", "mode=dense",
        ]
        for seed in 1...300 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let target = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            let response = sample.get(target)
            #expect(response.status < 500, "seed \(seed): \(target)")
            if response.contentType.contains("json") { _ = try JSONView(parsing: response.body) }
        }
    }
}
