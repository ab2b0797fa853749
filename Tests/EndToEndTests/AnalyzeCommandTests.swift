import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy analyze", .tags(.endToEnd))
struct AnalyzeCommandTests {
    private func run(_ arguments: [String], input: String? = nil, status: Int32 = 0) throws -> DecoyProcess.Outcome {
        let outcome = try DecoyProcess.run(["analyze"] + arguments, input: input)
        #expect(outcome.status == status, "\(arguments): \(outcome.messages)")
        return outcome
    }

    @Test("A table shows position, offsets, text, kind, terms and filters of each token, removed ones too.")
    func table() throws {
        let found = try run(["The foxes, 42"])
        #expect(
            found.output == """
                position  start  end  text   kind    terms  filters
                --------  -----  ---  -----  ------  -----  -----------------------------------------
                       0      0    3  The    letter  -      nfkcCasefold: the; stop(english): removed
                       1      4    9  foxes  letter  fox    stem(porter): fox
                       2     11   13  42     number  42

                """)
        #expect(found.messages.isEmpty)
        #expect(try run(["--", "-!"]).output == "no tokens\n")
    }

    @Test("Columns are aligned where characters are two columns wide or none, and no control character gets through.")
    func width() throws {
        let lines = try run(["--analyzer", "icu", "東京 e\u{30A}s"]).output.split(separator: "\n")
        #expect(lines[2] == "       0      0    6  東京  ideographic  東京")
        #expect(lines[3] == "       1      7   11  e\u{30A}s    letter       e\u{30A}s")
        let escaped = try run(["--analyzer", "whitespace", "a\u{1B}[1m"]).output
        #expect(!escaped.contains("\u{1B}") && escaped.contains("a\u{FFFD}[1m"))
    }

    @Test("JSON holds the analyzer's name, the text and the whole trace; of standard input one object a line.")
    func json() throws {
        let one = try JSONNode(try run(["--analyzer", "french", "l'été", "--json"]).output)
        #expect(one["analyzer"].text == "french" && one["text"].text == "l'été" && one["filteredText"].text == nil)
        let token = one["tokens"][0]
        #expect(token["start"].number == 0 && token["end"].number == 7 && token["position"].number == 0)
        #expect(token["token"].text == "l'été" && token["terms"][0].text == "ete" && token["status"].text == "letter")
        #expect(token["steps"].items.map { $0["filter"].text } == ["elision(french)", "accents"])
        for arguments in [["--json"], ["-", "--json"]] {
            let lines = try JSONNode.lines(try run(arguments, input: "a fox\r\n\n東京").output)
            #expect(lines.map { $0["text"].text } == ["a fox", "", "東京"])
            #expect(lines.map { $0["tokens"].items.count } == [2, 0, 1])
        }
    }

    @Test("A custom analyzer begins with the printed one of a profile; its character filters show the filtered text.")
    func custom() throws {
        let folder = try TemporaryFolder()
        for options in [["--analyzer", "german"], ["--analyzer", "japanese", "--segmentation", "bigrams"], []] {
            let printed = try run(options + ["--options"]).output
            let path = try folder.write("mine.json", printed)
            #expect(try run(["--analyzer", path, "--options"]).output == printed)
            let text = "Die Straßen von 東京都"
            #expect(try run(["--analyzer", path, text]).output == run(options + [text]).output)
        }
        let path = try folder.write(
            "html.json",
            #"{"extends": "english", "characterFilters": ["html"], "filters": [{"synonyms": ["tv => television, set"]}]}"#
        )
        let found = try run(["--analyzer", path, "<b>tv</b>&amp;"]).output
        #expect(found.hasPrefix("filtered text: tv&\n"), "\(found)")
        #expect(found.contains("3    5  tv    letter  television, set  synonyms(1 rules): television, set"), "\(found)")
    }

    @Test("The analyzer of an index is the one that it was made with.")
    func index() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("i")
        let made = try DecoyProcess.run(
            ["index", "-", "-o", path, "--analyzer", "japanese", "--segmentation", "bigrams"],
            input: #"{"_id": "1", "text": "東京都"}"#)
        #expect(made.status == 0, "\(made.messages)")
        let tokens = try JSONNode(try run(["--index", path, "東京都", "--json"]).output)["tokens"]
        #expect(tokens.items.map { $0["token"].text } == ["東京", "京都"])
        let options = try JSONNode(try run(["--index", path, "--options"]).output)
        #expect(options["name"].text == "japanese" && options["segmentation"].text == "bigrams")
        let shared = try Prepared.shared()
        #expect(try run(["--index", shared.model, "x"], status: 64).messages.contains("an index is needed here"))
        _ = try run(["--index", folder.path("none"), "x"], status: 4)
    }

    @Test("The list has every profile with its segmentation and filters, and as JSON with all its parts.")
    func list() throws {
        let lines = try run(["--list"]).output.split(separator: "\n")
        let json = try JSONNode(try run(["--list", "--json"]).output)
        #expect(lines.count == json.items.count + 2 && lines.count > 20)
        #expect(lines.contains { $0.hasPrefix("english") && $0.hasSuffix("possessive, stop(english), stem(porter)") })
        #expect(json[0]["name"].text == "english" && json[0]["filters"].items.count == 4)
    }

    @Test("Calls that cannot be right are refused with what is wrong.")
    func refused() throws {
        for (arguments, text) in [
            (["--analyzer", "klingon", "x"], "klingon"), (["--list", "x"], "--list"),
            (["--options", "x"], "--options"), (["--options", "--analyzer", "auto"], "--options"),
            (["--index", "i", "--analyzer", "german", "x"], "--index"),
            (["--analyzer", "whitespace", "--segmentation", "words", "x"], "white space alone"),
        ] {
            let outcome = try run(arguments, status: 64)
            #expect(outcome.output.isEmpty && outcome.messages.contains(text), "\(arguments): \(outcome.messages)")
        }
        let folder = try TemporaryFolder()
        let file = try folder.write("bad.json", #"{"filters": ["lowercase"]}"#)
        #expect(try run(["--analyzer", file, "x"], status: 2).messages.contains("bad.json"))
        #expect(try run([], input: "a\0b\n", status: 2).messages.contains("<stdin>:1"))
    }
}
