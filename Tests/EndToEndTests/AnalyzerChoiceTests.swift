import DecoyTestSupport
import Foundation
import Testing

@Suite("The analyzer of an index", .tags(.endToEnd))
struct AnalyzerChoiceTests {
    private static let german = """
        {"_id": "1", "text": "Der Fluss hat den unteren Teil der Stadt überschwemmt, und viele Häuser mussten verlassen werden."}
        {"_id": "2", "text": "Die Bank, auf der sie am Ufer saßen, war nach dem langen Regen noch nass und sehr kalt."}
        {"_id": "3", "text": "Für das Rezept braucht man drei große Äpfel, etwas Zimt und eine Prise Zucker aus der Dose."}

        """

    private func index(_ folder: TemporaryFolder, _ corpus: String, _ arguments: [String]) throws
        -> DecoyProcess.Outcome
    {
        try folder.write("corpus.jsonl", corpus)
        return try DecoyProcess.run(
            ["index", folder.path("corpus.jsonl"), "-o", folder.path("index"), "--force"] + arguments)
    }

    private func analyzer(_ folder: TemporaryFolder) throws -> String? {
        try JSONNode(try DecoyProcess.run(["inspect", folder.path("index"), "--json"]).output)["analyzer"]["options"][
            "name"
        ]
        .text
    }

    private func hits(_ folder: TemporaryFolder, _ query: String) throws -> [String] {
        let outcome = try DecoyProcess.run(["search", folder.path("index"), query, "--output-format", "trec"])
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.output.split(separator: "\n").map { String($0.split(separator: " ")[2]) }
    }

    @Test("auto names the language of the documents, stores its profile, and searches by it.")
    func auto() throws {
        let folder = try TemporaryFolder()
        let outcome = try index(folder, Self.german, ["--analyzer", "auto"])
        #expect(outcome.status == 0 && outcome.messages.contains("analyzer german: "), "\(outcome.messages)")
        #expect(try analyzer(folder) == "german")
        #expect(try hits(folder, "Haus") == ["1"])
        #expect(try hits(folder, "die AEPFEL") == ["3"])
        let input = try DecoyProcess.run(
            ["index", "-", "-o", folder.path("index"), "--force", "--analyzer", "auto"], input: Self.german)
        #expect(input.status == 0, "\(input.messages)")
        #expect(try analyzer(folder) == "german")
    }

    @Test(
        "Without an analyzer documents of another language are indexed as English, and the user is told; English ones in silence."
    )
    func suggestion() throws {
        let folder = try TemporaryFolder()
        let outcome = try index(folder, Self.german, [])
        #expect(outcome.status == 0 && outcome.messages.contains("consider --analyzer german"), "\(outcome.messages)")
        #expect(try analyzer(folder) == "english")
        #expect(!(try index(folder, Self.german, ["--analyzer", "icu"]).messages.contains("consider")))
        #expect(
            !(try index(folder, #"{"_id": "1", "text": "The bank of the river was flooded."}"#, []).messages.contains(
                "consider")))
    }

    @Test(
        "An analyzer from a file is stored with the index and needs no file to search; it says which file was wrong, and nothing is written."
    )
    func custom() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "mine.json",
            #"{"name": "mine", "extends": "german", "filters": ["nfkcCasefold", {"synonyms": ["fluss, strom"]}, {"stem": "german"}]}"#
        )
        #expect(try index(folder, Self.german, ["--analyzer", file]).status == 0)
        try FileManager.default.removeItem(atPath: file)
        #expect(try analyzer(folder) == "mine")
        #expect(try hits(folder, "Strom") == ["1"])
        let added = try folder.write("more.jsonl", #"{"_id": "4", "text": "Strom aus der Dose"}"#)
        #expect(try DecoyProcess.run(["index", added, "-o", folder.path("index"), "--append"]).status == 0)
        #expect(Set(try hits(folder, "Fluss")) == ["1", "4"])
        let bad = try folder.write("bad.json", "{\"filters\": [")
        let outcome = try DecoyProcess.run(
            ["index", folder.path("corpus.jsonl"), "-o", folder.path("other"), "--analyzer", bad])
        #expect(outcome.status == 2 && outcome.messages.contains("bad.json"), "\(outcome.messages)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("other")))
    }
}
