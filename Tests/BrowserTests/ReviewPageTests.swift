import DecoyTestSupport
import Foundation
import Testing

extension PageTests {
    @Suite("The page of review")
    struct ReviewPageTests {
        /// A dataset of four suspected negatives, the most doubtful of which has markup in its text.
        private struct Suspects {
            static let markup = #"<img src=x onerror="document.title='broken in'"> turnips & <b>beets</b>"#
            let folder: TemporaryFolder
            var answers: String { folder.path("answers.jsonl") }

            init() throws {
                folder = try TemporaryFolder()
                func lines(_ objects: [[String: Any]]) throws -> String {
                    try objects.map {
                        String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n"
                    }.joined()
                }
                let texts = [
                    "p1": "Turnips want a cool bed and a long autumn.", "p2": "A chimney is swept from above.",
                    "c1": Self.markup, "c2": "Soot burns at a thousand degrees.", "c3": "A turnip for a lantern.",
                    "c4": "The sweep's brush hangs in the museum.",
                ]
                try folder.write(
                    "corpus.jsonl",
                    try lines(
                        texts.sorted { $0.key < $1.key }.map {
                            ["_id": $0.key, "title": "Title of \($0.key)", "text": $0.value]
                        }))
                try folder.write(
                    "queries.jsonl",
                    try lines([
                        ["_id": "q1", "text": "how to grow the turnips"], ["_id": "q2", "text": "sweeping a chimney"],
                    ]))
                try folder.write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp2\t1\n")
                let fates = [("q1", "c1", 0.6), ("q2", "c2", 0.4), ("q1", "c3", 0.2), ("q2", "c4", 0.05)]
                try folder.write(
                    "fates.jsonl",
                    try lines(
                        fates.enumerated().map { place, fate in
                            [
                                "query": fate.0, "document": fate.1, "fate": "kept", "rank": place, "score": 4 - place,
                                "falseNegativeProbability": fate.2,
                            ]
                        }))
                try Decoy.run(["index", folder.path("corpus.jsonl"), "-o", folder.path("index")])
            }

            func serve(port: Int = 0) throws -> PageServer {
                try PageServer(
                    [
                        folder.path("index"), "--negatives", folder.path("fates.jsonl"),
                        "--queries", folder.path("queries.jsonl"), "--qrels", folder.path("qrels.tsv"),
                        "--answers", answers,
                    ], port: port)
            }
        }

        private static let candidate = "document.querySelector('#candidate .label')?.textContent"
        private static let counts = "document.getElementById('counts').textContent"
        private static let saved = "document.getElementById('status').textContent"

        /// Opens the page and gives a name.
        private static func begin(_ name: String, _ browser: Browser, _ server: PageServer) throws {
            try browser.open(server.address + "/review")
            try browser.wait(for: "document.activeElement.id === 'reviewer'")
            try browser.press(name, Browser.Key.enter)
            try browser.wait(for: "!document.getElementById('question').hidden")
        }

        @Test("A pair is reviewed with one key, a reload keeps the place, undo goes back, and the end is said.")
        func review() throws {
            let suspects = try Suspects()
            let server = try suspects.serve()
            defer { server.stop() }
            try Browser.run { browser in
                try Self.begin("ann", browser, server)
                try browser.wait(for: "\(Self.candidate) === 'c1' && \(Self.counts).startsWith('0 of 4')")
                #expect(
                    try browser.value("document.getElementById('asked').textContent").text == "how to grow the turnips")
                #expect(try browser.value("document.querySelector('#positives .label').textContent").text == "p1")
                #expect(
                    try browser.value("document.getElementById('doubt').textContent").text?.contains("60 %") == true)
                // Markup is text; words that the index leaves out are not marked.
                #expect(
                    try browser.value("document.querySelector('#candidate .text').textContent").text == Suspects.markup)
                #expect(try browser.value("document.querySelectorAll('main img, main b').length").number == 0)
                try browser.wait(for: "document.querySelector('#candidate mark')?.textContent === 'turnips'")
                try browser.press("w")
                try browser.wait(for: "\(Self.candidate) === 'c2' && \(Self.saved).includes('truly wrong')")
                try browser.reload()
                try browser.wait(for: "\(Self.candidate) === 'c2' && \(Self.counts).startsWith('1 of 4')")
                try browser.press("z")
                try browser.wait(for: "\(Self.candidate) === 'c1' && \(Self.counts).startsWith('0 of 4')")
                #expect(try browser.value("document.getElementById('undo').disabled").bool == true)
                try browser.click("[data-verdict=relevant]")
                try browser.wait(for: "\(Self.candidate) === 'c2'")
                try browser.press("u")
                try browser.wait(for: "\(Self.candidate) === 'c3'")
                try browser.press("w")
                try browser.wait(for: "\(Self.candidate) === 'c4'")
                try browser.press("w")
                try browser.wait(
                    for: "!document.getElementById('done').hidden && document.getElementById('question').hidden")
                let counts = try browser.value(Self.counts).text
                #expect(counts == "4 of 4 questions answered: 2 truly wrong, 1 relevant, 1 unsure")
                try browser.press("z")
                try browser.wait(for: "\(Self.candidate) === 'c4' && !document.getElementById('question').hidden")
            }
            let log = try String(contentsOfFile: suspects.answers, encoding: .utf8)
            #expect(log.split(separator: "\n").count >= 7)
        }

        @Test("Two reviewers see how well they agree, also on a phone, and nothing is wider than the screen.")
        func agreement() throws {
            let suspects = try Suspects()
            let server = try suspects.serve()
            defer { server.stop() }
            try Browser.run(width: 400, height: 800, isDark: true) { browser in
                for (name, keys) in [("ann", "wwr"), ("bea", "wrr")] {
                    try browser.open(server.address + "/review")
                    try browser.wait(for: "document.getElementById('begin')")
                    try browser.perform("localStorage.clear()")
                    try Self.begin(name, browser, server)
                    for (place, key) in keys.enumerated() {
                        try browser.press(String(key))
                        try browser.wait(for: "\(Self.counts).startsWith('\(place + 1) of 4')")
                    }
                }
                // They agree on two of three; chance alone would on (2·1 + 1·2)/9 of them, so κ = (2/3 − 4/9)/(1 − 4/9).
                let cells = try browser.value(
                    "[...document.querySelectorAll('#agreements tbody td')].map(c => c.textContent)")
                #expect(cells.texts == ["ann and bea", "3", "67 %", "0.40"])
                let wide = "document.documentElement.scrollWidth > window.innerWidth"
                #expect(try browser.value(wide).bool == false)
            }
        }

        @Test("An answer that the server did not take is said to be unsaved, is sent again, and counts once.")
        func lostServer() throws {
            let suspects = try Suspects()
            let server = try suspects.serve()
            try Browser.run(allowing: ["ERR_CONNECTION_REFUSED"]) { browser in
                try Self.begin("ann", browser, server)
                try browser.wait(for: "\(Self.candidate) === 'c1'")
                server.stop()
                try browser.press("r")
                try browser.wait(for: "document.getElementById('problem').textContent.includes('Not saved yet')")
                #expect(try browser.value(Self.counts).text?.hasPrefix("0 of 4") == true)
                try browser.press("w")
                let again = try suspects.serve(port: server.port)
                defer { again.stop() }
                try browser.wait(for: "\(Self.candidate) === 'c2' && document.getElementById('problem').hidden")
                #expect(
                    try browser.value(Self.counts).text
                        == "1 of 4 questions answered: 0 truly wrong, 1 relevant, 0 unsure")
            }
        }

        @Test("A server without negatives says so.")
        func nothingToReview() throws {
            let suspects = try Suspects()
            let server = try PageServer([suspects.folder.path("index")])
            defer { server.stop() }
            try Browser.run(allowing: ["404"]) { browser in
                try browser.open(server.address + "/review")
                try browser.wait(for: "document.activeElement.id === 'reviewer'")
                try browser.press("ann", Browser.Key.enter)
                try browser.wait(for: "document.getElementById('problem').textContent.includes('nothing to review')")
            }
        }
    }
}
