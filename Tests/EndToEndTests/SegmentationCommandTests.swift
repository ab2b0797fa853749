import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy index --segmentation", .tags(.endToEnd))
struct SegmentationCommandTests {
    private static let corpus = """
        {"_id": "1", "title": "", "text": "東京都の水道"}
        {"_id": "2", "title": "", "text": "京都の寺"}

        """

    private func index(_ folder: TemporaryFolder, _ options: [String]) throws -> (path: String, json: JSONNode) {
        let path = folder.path("i\(try folder.files().count)")
        let outcome = try DecoyProcess.run(["index", "-", "-o", path, "--json"] + options, input: Self.corpus)
        #expect(outcome.status == 0, "\(outcome.messages)")
        return (path, try JSONNode(outcome.output))
    }

    private func ids(_ index: String, _ query: String) throws -> Set<String> {
        let found = try DecoyProcess.run(["search", index, query, "--output-format", "trec"])
        #expect(found.status == 0, "\(found.messages)")
        return Set(found.output.split(separator: "\n").map { String($0.split(separator: " ")[2]) })
    }

    @Test("Segmentation takes the place of the analyzer's own, is stored with the index, and decides what is found.")
    func override() throws {
        let folder = try TemporaryFolder()
        let words = try index(folder, ["--analyzer", "japanese", "--segmentation", "words"])
        let pairs = try index(folder, ["--analyzer", "japanese", "--segmentation", "bigrams"])
        for (built, segmentation) in [(words, "words"), (pairs, "bigrams")] {
            let options = built.json["analyzer"]["options"]
            #expect(options["name"].text == "japanese" && options["segmentation"].text == segmentation)
        }
        #expect(try ids(words.path, "京都") == ["2"])
        #expect(try ids(pairs.path, "京都") == ["1", "2"])
    }

    @Test("The analyzer of an index is inspected in full: segmentation and filters, one a line, and as JSON.")
    func inspected() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "own.json",
            #"{"name": "own", "extends": "japanese", "characterFilters": ["html", {"mapping": {"&": "と"}}], "maximumTokenLength": 60}"#
        )
        let made = try index(folder, ["--analyzer", file, "--segmentation", "bigrams"])
        let output = try DecoyProcess.run(["inspect", made.path]).output
        #expect(
            output.contains(
                """
                  characters     html
                  characters     mapping(1 strings)
                  tokenizer      words
                  segmentation   bigrams
                  filter         nfkcCasefold
                """) && output.contains("  filter         stop(japanese)\n  token length   at most 60 bytes\n"),
            "\(output)")
        #expect(output.contains(/analyzer +own, pipeline/))
        let options = try JSONNode(try DecoyProcess.run(["inspect", made.path, "--json"]).output)["analyzer"]["options"]
        #expect(options["characterFilters"][0].text == "html" && options["segmentation"].text == "bigrams")
        #expect(options["filters"].items.count > 2 && options["maximumTokenLength"].number == 60)
    }

    @Test("Segmentation is refused for text cut at white space, for a change of an index, and under an unknown name.")
    func refused() throws {
        let folder = try TemporaryFolder()
        let made = try index(folder, [])
        for (arguments, text) in [
            (["-o", folder.path("x"), "--analyzer", "whitespace", "--segmentation", "bigrams"], "white space alone"),
            (["-o", made.path, "--append", "--segmentation", "bigrams"], "the index that is there says"),
            (["-o", folder.path("x"), "--segmentation", "pairs"], "words+bigrams"),
        ] {
            let outcome = try DecoyProcess.run(["index", "-"] + arguments, input: Self.corpus)
            #expect(outcome.status == 64 && outcome.messages.contains(text), "\(arguments): \(outcome.messages)")
        }
        #expect(try !folder.files().contains { $0.hasPrefix("x") })
    }
}
