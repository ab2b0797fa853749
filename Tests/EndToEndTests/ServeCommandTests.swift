import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy serve", .tags(.endToEnd))
struct ServeCommandTests {
    @Test("Rankings over HTTP are those of decoy search, lexical, dense and hybrid, and stand side by side.")
    func rankings() throws {
        let shared = try Prepared.shared()
        let both = ["--dense", shared.vectors, "--model", shared.model]
        let server = try ServedProcess([shared.index] + both)
        let text = try #require(
            JSONNode.lines(String(contentsOfFile: shared.queries, encoding: .utf8)).first?["text"].text)
        let encoded = try #require(text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let compared = try server.ask("/compare?k=5&q=" + encoded).json
        #expect(compared["columns"].items.map { $0["name"].text } == ["bm25", "dense", "hybrid"])
        let calls = [
            ("lexical", [shared.index]), ("dense", [shared.vectors, "--model", shared.model]),
            ("hybrid", [shared.index] + both),
        ]
        for (place, (mode, arguments)) in calls.enumerated() {
            let found = try DecoyProcess.run(
                ["search"] + arguments + [text, "-k", "5", "--output-format", "jsonl"])
            let expected = try JSONNode(found.output)["hits"].items
            let served = try server.ask("/search?k=5&mode=\(mode)&q=" + encoded).json["hits"].items
            #expect(served.map { $0["id"].text } == expected.map { $0["id"].text })
            #expect(served.map { $0["score"].number } == expected.map { $0["score"].number })
            #expect(compared["columns"][place]["hits"].items.map { $0["id"].text } == expected.map { $0["id"].text })
        }
        #expect(try server.ask("/search?mode=magic&q=a").status == 400)
        let outcome = try server.stop()
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.messages.hasSuffix("stopped\n"))
    }

    @Test("A new commit of the index is served without a restart.")
    func newCommit() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let index = folder.path("index")
        #expect(try DecoyProcess.run(["index", shared.dataset, "-o", index]).status == 0)
        let server = try ServedProcess([index])
        let before = try #require(try server.ask("/health").json["documents"].number)
        let more = try folder.write(
            "more.jsonl", #"{"_id": "quagga", "title": "", "text": "A quagga is no zebra."}"# + "\n")
        #expect(try DecoyProcess.run(["index", more, "-o", index, "--append"]).status == 0)
        try server.process.wait { try server.ask("/health").json["documents"].number != before }
        #expect(try server.ask("/search?q=quagga").json["hits"][0]["id"].text == "quagga")
        #expect(try server.stop(SIGINT).status == 0)
    }

    @Test("Broken and oversized requests get a status of 4xx or a closed connection, and the server goes on.")
    func broken() throws {
        let server = try ServedProcess([try Prepared.shared().index])
        let requests = [
            "NONSENSE\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
            "GET /search?q=a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /search?q=a HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "x", count: 200_000))\r\n\r\n",
            "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
            "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n", "GET /health HTTP/1.1\r\n\r\n",
            "GET /documents/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /%0d%0aSet-Cookie:%20x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ]
        for request in requests {
            let answer = try server.send(request)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(request.prefix(60)): \(answer.prefix(80))")
            #expect(!answer.contains("Set-Cookie:") && !answer.contains("root:"))
        }
        let long = try server.post("/search", #"{"q": "\#(String(repeating: "a", count: 400_000))"}"#)
        #expect(long.status == 413)
        #expect(try server.ask("/health").status == 200)
        #expect(try server.ask("/metrics").status == 200)
        #expect(try server.stop().status == 0)
    }

    @Test("Answers to suspected negatives are on disk when the server says so: a kill loses none.")
    func review() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let fates = folder.path("fates.jsonl")
        let mined = try DecoyProcess.run([
            "mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "--output-format", "ids", "-o",
            folder.path("ids.jsonl"), "--explain", fates,
        ])
        #expect(mined.status == 0, "\(mined.messages)")
        let arguments = [shared.index, "--negatives", fates, "--queries", shared.queries, "--qrels", shared.train]
        let server = try ServedProcess(arguments)
        #expect(try server.ask("/systems").body.contains(Data(#""review":true"#.utf8)))
        let question = try server.ask("/review/state?reviewer=ada").json["question"]
        let (query, document) = (try #require(question["query"].text), try #require(question["candidate"]["id"].text))
        let given = try server.post(
            "/review/answers",
            #"{"reviewer": "ada", "query": "\#(query)", "document": "\#(document)", "verdict": "wrong"}"#)
        #expect(given.status == 200)
        #expect(try given.json["answered"].number == 1)
        #expect(try given.json["question"]["candidate"]["id"].text != document)
        #expect(try server.stop(SIGKILL).status == -1)
        let again = try ServedProcess(arguments)
        let state = try again.ask("/review/state?reviewer=ada").json
        #expect(state["answered"].number == 1)
        let undone = try again.post("/review/undo", #"{"reviewer": "ada"}"#)
        #expect(try undone.json["question"]["candidate"]["id"].text == document)
        #expect(try again.post("/review/undo", #"{"reviewer": "ada"}"#).status == 409)
        #expect(
            try again.post(
                "/review/answers", #"{"reviewer": "ada", "query": "x", "document": "y", "verdict": "wrong"}"#
            )
            .status == 404)
        #expect(try again.stop().status == 0)
    }

    @Test("With a token only who bears it is answered; the variable does as the option.")
    func token() throws {
        let server = try ServedProcess([try Prepared.shared().index], environment: ["DECOY_TOKEN": "s3cret"])
        #expect(try server.ask("/search?q=a").status == 401)
        #expect(try server.ask("/search?q=a", headers: ["Authorization": "Bearer s3cret"]).status == 200)
        #expect(try server.ask("/").status == 200)
    }

    @Test("What can't be served ends with its exit code and says why.", .tags(.fault))
    func faults() throws {
        let shared = try Prepared.shared()
        func fails(_ arguments: [String], _ status: Int32, _ message: String) throws {
            let outcome = try DecoyProcess.run(["serve"] + arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.messages)")
            #expect(outcome.messages.contains(message), "\(outcome.messages)")
        }
        try fails([shared.index + "-of-nobody"], 4, "-of-nobody")
        try fails([shared.index, "--port", "70000"], 64, "--port")
        try fails([shared.index, "--negatives", "n.jsonl"], 64, "--queries")
        try fails([shared.index, "--before", shared.vectors], 64, "--before-model")
        try fails([shared.index, "--token", ""], 64, "--token")
        try fails([shared.vectors], 64, "--model")
        let server = try ServedProcess([shared.index])
        try fails([shared.index, "--port", "\(server.port)"], 6, "\(server.port)")
    }
}
