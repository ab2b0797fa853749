import DecoyTestSupport
import Foundation
import Testing

@testable import RetrievalData

struct AnswerReaderTests {
    @Test("Answers are read by query, with ids that are strings or whole numbers.")
    func reading() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "answers.jsonl",
            """
            {"query_id": "q1", "answers": ["Jane Austen", "Austen"]}

            {"query_id": 7, "answers": [], "note": "none known"}
            """)
        #expect(try AnswerReader.read(path) == ["q1": ["Jane Austen", "Austen"], "7": []])
    }

    @Test(
        "What is wrong names the line, the cause and the remedy.",
        arguments: [
            (#"{"answers": ["a"]}"#, "missing field \"query_id\""),
            (#"{"query_id": "q2"}"#, "missing field \"answers\""),
            (#"{"query_id": "q2", "answers": "a"}"#, "field \"answers\" is a string, not an array of strings"),
            (#"{"query_id": "q2", "answers": [1]}"#, "an array of numbers, not an array of strings"),
            (#"{"query_id": null, "answers": ["a"]}"#, "field \"query_id\" is null, not a string"),
            (#"{"query_id": "q1", "answers": ["b"]}"#, "query \"q1\" has answers twice"),
            (#"{"query_id": "q 2", "answers": ["b"]}"#, "white space"), ("[]", "not an object"), ("{", "broken JSON"),
        ])
    func mistakes(line: String, message: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("answers.jsonl", #"{"query_id": "q1", "answers": ["a"]}"# + "\n" + line + "\n")
        let error = try #require(throws: InputErrors.self) { try AnswerReader.read(path) }
        #expect(error.description.contains(":2: ") && error.description.contains(message), "\(error)")
    }

    @Test("A file without answers is an input error.")
    func empty() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("answers.jsonl", "\n")
        let error = try #require(throws: InputErrors.self) { try AnswerReader.read(path) }
        #expect(error.description.contains("there are no answers"))
    }
}
