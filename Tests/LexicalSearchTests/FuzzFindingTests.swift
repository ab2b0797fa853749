import DecoyTestSupport
import DurableStorage
import Foundation
import RetrievalData
import Testing

@testable import LexicalSearch

/// What fuzzing found (`Fuzzing/README.md`), kept so that it stays mended.
@Suite("Findings of fuzzing")
struct FuzzFindingTests {
    /// An index whose manifest, under right checksums, has another number or text.
    private func index(replacing old: Regex<Substring>, with new: String) throws -> InMemoryDirectory {
        let directory = try TestIndex.build(
            [Document(id: "a", text: "red apple"), Document(id: "b", text: "pie")], options: IndexOptions())
        let file = try ChecksummedFile(
            directory, IndexFormat.manifestName, kind: IndexFormat.manifestKind, version: IndexFormat.version)
        let json = String(decoding: try file.body().bytes, as: UTF8.self)
        let changed = json.replacing(old, with: new)
        #expect(changed != json)
        let writer = try ChecksummedFileWriter(
            directory, IndexFormat.manifestName, kind: IndexFormat.manifestKind, version: IndexFormat.version)
        try writer.write(Array(changed.utf8))
        _ = try writer.finish()
        return directory
    }

    @Test("An analyzer that cannot be made is the index's fault: the error names the index, for readers and writers.")
    func impossibleAnalyzer() throws {
        for (old, new) in [
            (/"maximumTokenLength" : 255/, #""maximumTokenLength" : 69136"#),
            (/"maximumTokenLength" : 255/, #""maximumTokenLength" : -1"#),
            (/"stemmer" : "[a-z]*"/, #""stemmer" : "klingon""#),
        ] {
            let directory = try index(replacing: old, with: new)
            for open in [
                { _ = try Searcher(reader: IndexReader(directory: directory)) },
                { _ = try IndexWriter(opening: directory) },
            ] as [() throws -> Void] {
                let error = #expect(throws: SearchError.self) { try open() }
                #expect(error?.description.hasPrefix("memory: ") == true, "\(new)")
            }
        }
    }
}
