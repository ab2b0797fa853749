import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@Suite("Word vectors")
struct WordVectorTests {
    private func read(_ text: String, words: Set<String>) throws -> WordVectors {
        let folder = try TemporaryFolder()
        return try WordVectorReader.read(try folder.write("vectors.txt", text), words: words)
    }

    @Test("Files with and without a first line of counts give the vectors of the wanted words.")
    func forms() throws {
        let lines = "the 0.5 -1 2e-1\nBank 1 2 3\n. . . 7 8 9\nriver 4 5 6 \n"
        for text in [lines, "4 3\n" + lines] {
            let found = try read(text, words: ["bank", "river", ". . .", "flood"])
            #expect(found.dimension == 3 && found.wordCount == 4)
            #expect(found.vectors == ["bank": [1, 2, 3], "river": [4, 5, 6], ". . .": [7, 8, 9]])
        }
    }

    @Test("A word as it is written comes before one that only lower case makes equal, and the first before later ones.")
    func first() throws {
        let found = try read("Apple 1 1\napple 2 2\napple 3 3\nAPPLE 4 4\n", words: ["apple"])
        #expect(found.vectors == ["apple": [2, 2]] && found.wordCount == 4)
    }

    @Test(
        "What is wrong is named with its line.",
        arguments: [
            ("the 1 2\nbank 1\n", ":2: too few"), ("the 1 2\nbank 1 x\n", "no number"),
            ("the 1 2\nbank 1 inf\n", "no number"),
            ("", "no vectors"), ("5 3\n", "no vectors"), ("word\n", ":1: too few"),
        ])
    func malformed(text: String, part: String) throws {
        let error = #expect(throws: InputErrors.self) { try read(text, words: ["bank"]) }
        #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }
}
