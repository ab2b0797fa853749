import DecoyTestSupport
import RetrievalData
import Testing

struct MalformedInputTests {
    @Test(
        "Every malformed input gives an error with its file, line, cause and remedy, and no more data after it.",
        arguments: MalformedInputs.all)
    func malformed(_ input: MalformedInput) throws {
        let folder = try TemporaryFolder()
        let path = try input.write(into: folder)
        do {
            switch input.kind {
            case .corpus: try CorpusReader.read(path, batch: 1) { _ in }
            case .queries: _ = try QueryReader.read(path)
            case .qrels: _ = try QrelsReader.read(path)
            case .run: _ = try RunReader.read(path)
            case .training: try TrainingRowReader.read(path) { _, _ in }
            }
            Issue.record("the input was accepted")
        } catch let errors as InputErrors {
            let error = try #require(errors.errors.first)
            #expect(input.exitCode == 2)
            #expect(error.source == path)
            #expect(error.line == input.line)
            #expect(error.description.contains(input.fragment), "\(error)")
            #expect(error.remedy.count > 8)
            #expect(errors.errors.count == 1, "\(errors)")
        } catch let error as FileError {
            #expect(input.exitCode == 4)
            #expect(error == .notFound(path: path))
            #expect(error.description.contains(input.fragment))
        }
    }

    @Test("A streamed run finds what a run in memory finds.", arguments: MalformedInputs.all(.run))
    func streamed(_ input: MalformedInput) throws {
        let folder = try TemporaryFolder()
        let path = try input.write(into: folder)
        let errors = try #require(throws: InputErrors.self) { try RunReader.readRankings(path) { _ in } }
        #expect(errors.errors.first?.line == input.line)
    }

    @Test("Up to twenty errors are collected in the order of the lines, and reading stops there.")
    func collects() throws {
        let folder = try TemporaryFolder()
        let three = try folder.write("three.jsonl", "{}\n{\"_id\": \"a\", \"text\": \"\"}\n[]\nnull\n")
        let few = try #require(throws: InputErrors.self) { try CorpusReader.read(three) { _ in } }
        #expect(few.errors.map(\.line) == [1, 3, 4])
        #expect(!few.truncated)
        let many = try folder.write("many.jsonl", String(repeating: "{}\n", count: 1_000))
        let capped = try #require(throws: InputErrors.self) { try CorpusReader.read(many) { _ in } }
        #expect(capped.errors.count == InputErrors.limit)
        #expect(capped.truncated)
    }

    @Test("After the first error no documents are handed on.")
    func stopsHanding() throws {
        let folder = try TemporaryFolder()
        let good = (0..<10).map { "{\"_id\": \"d\($0)\", \"text\": \"\"}\n" }
        let path = try folder.write("c.jsonl", good[0..<5].joined() + "{}\n" + good[5...].joined())
        var seen: [String] = []
        #expect(throws: InputErrors.self) { try CorpusReader.read(path, batch: 1) { seen += $0.map(\.id) } }
        #expect(seen == ["d0", "d1", "d2", "d3", "d4"])
    }

    @Test("A truncated file reports the bad lines before its end as well.")
    func truncatedAfterErrors() throws {
        let folder = try TemporaryFolder()
        let text = "{}\n" + (0..<4_000).map { "{\"_id\": \"d\($0)\", \"text\": \"\"}\n" }.joined()
        let path = try folder.write("c.jsonl.gz", Array(StoredArchives.gzip(Array(text.utf8)).dropLast(10)))
        let errors = try #require(throws: InputErrors.self) { try CorpusReader.read(path) { _ in } }
        #expect(errors.errors.map(\.line) == [1, nil])
    }
}
