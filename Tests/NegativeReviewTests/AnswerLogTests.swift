import DecoyTestSupport
import Foundation
import NegativeReview
import RetrievalData
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("The log of answers")
struct AnswerLogTests {
    private let folder: TemporaryFolder
    private let items = [item("q/a"), item("q/b"), item("q/c")]

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.path("answers.jsonl") }
    private func text() throws -> String { String(decoding: try folder.bytes("answers.jsonl"), as: UTF8.self) }
    private func line(_ document: String, by reviewer: String = "ann", _ verdict: String = #""wrong""#) -> String {
        #"{"document":"\#(document)","query":"q","reviewer":"\#(reviewer)","time":"2026-11-26T13:05:00Z","verdict":\#(verdict)}"#
            + "\n"
    }

    @Test("A line is JSON with sorted keys and the time in UTC; an undo is a line whose verdict is null.")
    func format() throws {
        let session = try ReviewSession(items: items, log: AnswerLog(path: path))
        _ = try session.answer(.relevant, query: "q", document: "a", by: "Ann \"x\"")
        _ = try session.undo(by: "Ann \"x\"")
        let expected =
            /\{"document":"a","query":"q","reviewer":"Ann \\"x\\"","time":"20..-..-..T..:..:..Z","verdict":("relevant"|null)\}/
        let lines = try text().split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines { #expect(line.wholeMatch(of: expected) != nil, "\(line)") }
        #expect(try AnswerLog(path: path).answers().map(\.verdict) == [.relevant, nil])
        #expect(try AnswerLog(path: path).answers().map(\.jsonLine).joined() == text())
    }

    @Test("A line without its end is never counted, and the next writer cuts it off.", arguments: [1, 2, 50, 91])
    func torn(_ missing: Int) throws {
        let torn = String(line("b").dropLast(missing))
        try folder.write("answers.jsonl", line("a") + torn)
        let session = try ReviewSession(items: items, log: AnswerLog(path: path))
        #expect(try session.state(of: "ann").answered == 1)
        #expect(try text() == line("a") + torn)
        #expect(try session.answer(.wrong, "q/c", by: "ann").answered == 2)
        let documents = try AnswerLog(path: path).answers().map(\.question.document)
        #expect(documents == ["a", "c"])
        #expect(try text().hasPrefix(line("a") + #"{"document":"c""#))
    }

    @Test("A reader that saw a torn line goes on with what a writer put in its place.")
    func repairedBehindAReader() throws {
        try folder.write("answers.jsonl", line("a") + "{\"docum")
        let reader = try AnswerLog(path: path, access: .read)
        #expect(try reader.answers().count == 1)
        _ = try ReviewSession(items: items, log: AnswerLog(path: path)).answer(.wrong, "q/b", by: "bob")
        #expect(try reader.answers().map(\.reviewer) == ["ann", "bob"])
    }

    @Test("A log that is only read is not created, and may come later.")
    func reading() throws {
        let reader = try AnswerLog(path: path, access: .read)
        #expect(try reader.answers().isEmpty && !FileManager.default.fileExists(atPath: path))
        try folder.write("answers.jsonl", line("a"))
        #expect(try reader.answers().count == 1)
    }

    @Test(
        "Damaged whole lines are input errors that name file and line, cause and remedy.",
        arguments: [
            ("{\"document\"", "broken JSON"), ("[1]", "not an object"),
            (#"{"document":"a","query":"q","reviewer":"r","time":"t"}"#, "missing field \"verdict\""),
            (#"{"document":"a","query":"q","reviewer":"r","time":"t","verdict":"good"}"#, "no verdict \"good\""),
            (#"{"document":1,"query":"q","reviewer":"r","time":"t","verdict":null}"#, "\"document\" is a number"),
            (#"{"document":"","query":"q","reviewer":"r","time":"t","verdict":null}"#, "\"document\" is empty"),
            (#"{"document":"a","query":"q","reviewer":"\u0007","time":"t","verdict":null}"#, "no reviewer's name"),
            ("\u{0}\u{0}\u{0}", "broken JSON"),
        ])
    func damage(_ bad: String, _ cause: String) throws {
        try folder.write("answers.jsonl", line("a") + "\n" + bad + "\n" + line("b"))
        let log = try AnswerLog(path: path)
        for _ in 0..<2 {
            let errors = try #require(throws: InputErrors.self) { try log.answers() }
            let message = errors.description
            #expect(message.hasPrefix(path + ":3: ") && message.contains(cause) && message.contains("mend or remove"))
        }
        #expect(throws: InputErrors.self) { try ReviewSession(items: items, log: log) }
    }

    @Test("Damage that comes while a session is open stops answers, and writes none.")
    func damageMeanwhile() throws {
        let session = try ReviewSession(items: items, log: AnswerLog(path: path))
        try session.answer(.wrong, "q/a", by: "ann")
        try folder.write("answers.jsonl", text() + "nonsense\n")
        let before = try text()
        #expect(throws: InputErrors.self) { try session.answer(.wrong, "q/b", by: "ann") }
        #expect(throws: InputErrors.self) { try session.state(of: "ann") }
        #expect(try text() == before)
    }

    @Test(
        "A log that was removed, replaced or cut under an open session is an error: no answer goes where nobody finds it."
    )
    func removed() throws {
        let session = try ReviewSession(items: items, log: AnswerLog(path: path))
        try session.answer(.wrong, "q/a", by: "ann")
        let old = try FileHandle(forReadingAtPath: path)?.readToEnd()
        try FileManager.default.removeItem(atPath: path)
        try folder.write("answers.jsonl", [UInt8](old ?? Data()))
        #expect(throws: (any Error).self) { try session.answer(.wrong, "q/b", by: "ann") }
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: (any Error).self) { try session.answer(.wrong, "q/b", by: "ann") }
        try folder.write("cut.jsonl", line("a") + line("b"))
        let log = try AnswerLog(path: folder.path("cut.jsonl"))
        #expect(try log.answers().count == 2)
        truncate(folder.path("cut.jsonl"), 10)
        #expect(throws: (any Error).self) { try log.answers() }
    }

    @Test("What is no file is refused when the log is opened.")
    func noFile() throws {
        #expect(throws: (any Error).self) { try AnswerLog(path: folder.path) }
        #expect(throws: (any Error).self) { try AnswerLog(path: "/dev/null") }
        #expect(throws: (any Error).self) { try AnswerLog(path: folder.path("none/answers.jsonl")) }
    }
}
