import DecoyTestSupport
import Foundation
import Testing

@Suite("Fields from the command line", .tags(.endToEnd))
struct FieldCommandTests {
    /// An index of the sample dataset with fields, and what its summary says.
    private func build(_ folder: TemporaryFolder) throws -> (path: String, summary: JSONNode) {
        let path = folder.path("fields.index")
        let built = try DecoyProcess.run(
            ["index", try Prepared.shared().dataset, "-o", path, "--fields", "title=3,text,author", "--json"])
        #expect(built.status == 0, "\(built.messages)")
        #expect(built.messages.contains("no document has text in the field 'author'"))
        return (path, try JSONNode(built.output))
    }

    @Test("Equal weights give the run of the flat index; other weights, the index's own among them, another.")
    func runs() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let index = try build(folder)
        #expect(index.summary["fields"].items.map { $0["weight"].number } == [3, 1, 1])
        func run(_ index: String, _ options: [String]) throws -> String {
            let found = try DecoyProcess.run(
                ["search", index, "--queries", shared.queries, "-k", "20", "--threads", "2"] + options)
            #expect(found.status == 0, "\(found.messages)")
            return found.output
        }
        let flat = try run(shared.index, [])
        #expect(try run(index.path, ["--fields", "title=1,text=1"]) == flat)
        #expect(try run(index.path, []) == run(index.path, ["--fields", "text,title=3"]))
        #expect(try run(index.path, []) != flat)
        #expect(try run(index.path, ["--fields", "author"]) == "")
    }

    @Test("Fields are inspected, checked, explained, and kept when the index changes.")
    func commands() throws {
        let folder = try TemporaryFolder()
        let index = try build(folder).path
        let document = #"{"_id": "new", "title": "The Bank", "text": "Mud.", "metadata": {"author": ["Ada Lovelace"]}}"#
        let appended = try DecoyProcess.run(["index", "-", "-o", index, "--append"], input: document + "\n")
        #expect(appended.status == 0, "\(appended.messages)")
        let inspected = try DecoyProcess.run(["inspect", index])
        #expect(inspected.output.contains("field author     weight 1.0, 2 terms"), "\(inspected.output)")
        #expect(try DecoyProcess.run(["check", index]).status == 0)
        let found = try DecoyProcess.run(["search", index, "lovelace bank", "-k", "1", "--explain"])
        #expect(found.output.contains("author 1 x 1.0") && found.output.contains("title 1 x 3.0"), "\(found.output)")
        let unknown = try DecoyProcess.run(["search", index, "bank", "--fields", "titel"])
        #expect(unknown.status == 64 && unknown.messages.contains("it has title, text, author"))
    }
}
