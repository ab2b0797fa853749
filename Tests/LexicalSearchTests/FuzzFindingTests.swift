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
            (/"stem" : "[a-z]*"/, #""stem" : "klingon""#),
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

    /// An index of two segments with positions, metadata and deleted documents.
    private func index(fields: FieldWeights? = nil) throws -> InMemoryDirectory {
        func documents(_ numbers: Range<Int>) -> [Document] {
            numbers.map {
                Document(id: "d\($0)", title: "red", text: "red apple pie \($0)", metadata: #"{"year": \#($0)}"#)
            }
        }
        let directory = try TestIndex.build(
            documents(0..<9), options: IndexOptions(positions: true, fields: fields))
        let writer = try IndexWriter(opening: directory)
        try writer.add(documents(9..<20))
        _ = try writer.delete(["d3"])
        _ = try writer.commit()
        return directory
    }

    private func files(_ directory: InMemoryDirectory) throws -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: try directory.list().map { ($0, try directory.bytes(of: $0)) })
    }

    @Test(
        "Segments whose names are not of the index's own, or will be those of later ones, are refused, and no file is written."
    )
    func foreignNames() throws {
        for name in ["x/y", "../segment-1", "", "manifest", "segment-01", "segment-+1", "segment-2", "segment-3"] {
            let directory = try index()
            var manifest = try Manifest.read(from: directory)
            manifest.segments[0].name = name
            try manifest.commit(to: directory)
            try expectRefusal(directory, "'\(name)'")
        }
        for file in ["segment-2.ids", "../segment-1.ids", "manifest"] {
            let directory = try index()
            var manifest = try Manifest.read(from: directory)
            manifest.segments[0].ids.name = file
            try manifest.commit(to: directory)
            try expectRefusal(directory, "'\(file)'")
        }
    }

    private func expectRefusal(_ directory: InMemoryDirectory, _ note: String) throws {
        let before = try files(directory)
        for open in [
            { _ = try IndexReader(directory: directory) }, { _ = try IndexWriter(opening: directory) },
            { _ = try IndexCheck.check(directory: directory) },
        ] as [() throws -> Void] {
            #expect(throws: StorageError.self, "\(note)") { try open() }
        }
        #expect(try files(directory) == before, "\(note)")
    }

    @Test("Numbers of commits and segments that cannot be counted on, or were given already, are refused.")
    func exhaustedNumbers() throws {
        let changes: [(inout Manifest) -> Void] = [
            { $0.generation = .max }, { $0.generation = -1 }, { $0.nextSegment = .max }, { $0.nextSegment = 0 },
            { $0.nextSegment = 2 }, { $0.generation = 1 },
        ]
        for (place, change) in changes.enumerated() {
            let directory = try index()
            var manifest = try Manifest.read(from: directory)
            change(&manifest)
            try manifest.commit(to: directory)
            try expectRefusal(directory, "change \(place)")
        }
    }

    @Test("Sizes of files that together no number holds are refused, not summed.")
    func enormousFiles() throws {
        let directory = try index(fields: FieldWeights(parsing: "title,text,year"))
        var manifest = try Manifest.read(from: directory)
        let segment = manifest.segments[1]
        manifest.segments = (1...511).map { number in
            var copy = segment
            copy.name = "segment-\(number)"
            let name = "\(copy.name).x"
            for field in copy.fields.indices {
                for path in [\Manifest.Field.terms, \.postings, \.lengths] {
                    copy.fields[field][keyPath: path].name = name
                    copy.fields[field][keyPath: path].size = 1 << 50
                }
                copy.fields[field].positions?.name = name
                copy.fields[field].positions?.size = 1 << 50
            }
            for path in [\Manifest.Segment.columns, \.texts] { copy[keyPath: path]?.name = name }
            copy.ids.name = name
            return copy
        }
        manifest.nextSegment = 512
        try manifest.commit(to: directory)
        try expectRefusal(directory, "511 segments")
    }

    @Test("A document that is asked for twice gets its nearness twice.")
    func repeatedDocument() throws {
        let searcher = try Searcher(reader: IndexReader(directory: index()))
        let retriever = try ProximityRetriever(searcher)
        let once = try retriever.explain("red apple", documents: ["d4", "d12"])
        #expect(
            try retriever.explain("red apple", documents: ["d4", "d4", "d12", "d4"])
                == [once[0], once[0], once[1], once[0]])
        #expect(once[0]?.proximity ?? 0 > 0)
    }

    @Test("A filter is spelled by a text no deeper than its own, however deep that is.")
    func deepFilters() throws {
        let open = String(repeating: "(", count: 63)
        let close = String(repeating: ")", count: 63)
        for text in [
            String(repeating: "not ", count: 63) + "a = 1",
            String(repeating: "not ", count: 62) + "(a = 1 or b = 2 and c = 3)",
            open + "a = 1 or b = 2 and c = 3" + close,
            "a = 1 and " + String(open.dropLast()) + "b = 2 or c = 3" + close.dropLast(),
        ] {
            let filter = try MetadataFilter(text)
            #expect(try MetadataFilter(filter.description) == filter, "\(text)")
        }
    }

    @Test("A term with more postings than there can be stops a merge before room is made for them.")
    func impossibleFrequency() throws {
        let directory = try index()
        var manifest = try Manifest.read(from: directory)
        let name = manifest.segments[0].fields[0].terms.name
        let dictionary = try IndexReader(directory: directory).segments[0].contents.terms
        let changed = try TermDictionaryWriter(directory, "changed", positions: true)
        try dictionary.forEach { term, entry in
            var entry = entry
            if term == Array("red".utf8) {
                entry.documentFrequency = IndexFormat.maximumDocumentCount
                entry.collectionFrequency = entry.documentFrequency
            }
            try term.withUnsafeBytes { try changed.add($0, entry) }
        }
        _ = try changed.finish()
        // The trailer keeps the old sum.
        let file = try ChecksummedFile(directory, "changed", kind: IndexFormat.termsKind, version: IndexFormat.version)
        var body = try file.body().bytes
        let sum = withUnsafeBytes(of: UInt64(dictionary.postingCount).littleEndian) { [UInt8]($0) }
        body.replaceSubrange(body.count - 24..<body.count - 16, with: sum)
        manifest.segments[0].fields[0].terms = try put(name, IndexFormat.termsKind, body, directory)
        try manifest.commit(to: directory)
        try directory.delete("changed")
        try expectCorruption(directory, deleting: [])
    }

    @Test("Ranks of ids that would reach into the scores are refused, not searched by.")
    func wideRanks() throws {
        let directory = try index()
        var manifest = try Manifest.read(from: directory)
        let ids = manifest.segments[0].ids
        let table = try IndexReader(directory: directory).segments[0].ids
        let count = table.count
        var body = ByteWriter()
        var offsets = [0]
        for document in 0..<count {
            try table.withBytes(of: document) { body.append($0) }
            offsets.append(body.count)
        }
        let byteCount = body.count
        for offset in offsets { body.append(UInt8(offset)) }
        for rank in 0..<count { body.append(UInt64(try table.order.value(rank))) }
        for document in 0..<count { body.append(UInt64(try table.rank.value(document)) | 1 << 54) }
        body.append(UInt64(count))
        body.append(UInt64(byteCount))
        body.append([1, 8, 0, 0, 0, 0, 0, 0] as [UInt8])
        manifest.segments[0].ids = try put(ids.name, IndexFormat.idsKind, body.bytes, directory)
        try manifest.commit(to: directory)
        #expect(throws: StorageError.self) {
            try Searcher(reader: IndexReader(directory: directory)).search("red", k: 20)
        }
    }

    @Test("Corrections that no number of documents can need stop a change; they are not summed.")
    func impossibleCorrections() throws {
        let directory = try index()
        var manifest = try Manifest.read(from: directory)
        let name = try #require(manifest.segments[0].fields[0].corrections?.terms.name)
        let terms = try IndexReader(directory: directory).segments[0].contents.terms
        let red = try Array("red".utf8).withUnsafeBytes { try #require(try terms.find($0)) }
        var body = ByteWriter()
        body.append(UInt64(red.postingsOffset))
        body.append(UInt64(Int.max))
        body.append(UInt64(1))
        body.append(UInt64(manifest.segments[0].fields[0].corrections?.postingCount ?? 0))
        body.append([8, 8, 0, 0, 0, 0, 0, 0] as [UInt8])
        manifest.segments[0].fields[0].corrections?.terms = try put(
            name, IndexFormat.correctionsKind, body.bytes, directory)
        try manifest.commit(to: directory)
        try expectCorruption(directory, deleting: ["d4"])
    }

    /// Puts a file with a body of any bytes in place, under right checksums.
    private func put(
        _ name: String, _ kind: FileKind, _ body: [UInt8], _ directory: InMemoryDirectory
    ) throws -> Manifest.File {
        let writer = try ChecksummedFileWriter(directory, name, kind: kind, version: IndexFormat.version)
        try writer.write(body)
        return .init(name: name, seal: try writer.finish())
    }

    /// A change throws `corrupt` and leaves the manifest as it is.
    private func expectCorruption(_ directory: InMemoryDirectory, deleting ids: [String]) throws {
        let before = try directory.bytes(of: IndexFormat.manifestName)
        let error = #expect(throws: StorageError.self) {
            let writer = try IndexWriter(opening: directory)
            _ = try writer.delete(ids)
            if ids.isEmpty { writer.compact() }
            _ = try writer.commit()
        }
        if case .corrupt = error {} else { Issue.record("\(String(describing: error))") }
        #expect(try directory.bytes(of: IndexFormat.manifestName) == before)
    }
}
