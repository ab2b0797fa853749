import DecoyTestSupport
import DurableStorage
import Foundation
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Indexes with fields")
struct FieldIndexTests {
    /// Builds, appends, updates, deletes and, at the end, may merge.
    private func history(
        seed: UInt64, threads: Int = 1, memory: Int = 512 << 20, compacts: Bool = false
    ) throws -> (InMemoryDirectory, [Document]) {
        var random = SeededGenerator(seed: seed)
        var documents = FieldCorpus.documents(seed: seed, count: 90)
        let directory = try TestIndex.build(
            documents, options: FieldCorpus.options([2, 1, 0.5], threads: threads, memory: memory), batch: 13)
        for round in 0..<12 {
            let isUpdate = round % 2 == 1
            let writer = try IndexWriter(
                opening: directory, change: isUpdate ? .update : .append, threads: threads, memory: memory)
            var added = FieldCorpus.documents(seed: seed + 100, count: 9, prefix: "r\(round)-")
            if isUpdate { added[0].id = documents[Int.random(in: 0..<documents.count, using: &random)].id }
            let gone = round == 3 ? [] : [documents[3].id, documents[5].id, "missing"]
            try writer.delete(gone)
            try writer.add(added)
            _ = try writer.commit()
            documents.removeAll { document in gone.contains(document.id) || added.contains { $0.id == document.id } }
            documents += added
        }
        if compacts {
            let writer = try IndexWriter(opening: directory)
            writer.compact()
            _ = try writer.commit()
        }
        return (directory, documents)
    }

    @Test("After changes an index with fields has the numbers and score bits of one built anew, and merged its bytes.")
    func changes() throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let (directory, documents) = try history(seed: seed)
            let rebuilt = try TestIndex.build(documents, options: FieldCorpus.options([2, 1, 0.5]))
            let (changed, anew) = (try IndexReader(directory: directory), try IndexReader(directory: rebuilt))
            #expect(changed.summary.deletedCount > 0 && changed.summary.segmentCount > 1)
            #expect(try IndexCheck.check(directory: directory).isSound)
            #expect(try changed.documentIDs() == documents.map(\.id))
            #expect(changed.documentCount == anew.documentCount && changed.totalLength == anew.totalLength)
            for (one, two) in zip(changed.summary.fields ?? [], anew.summary.fields ?? []) {
                #expect(one.documentsWithTerms == two.documentsWithTerms && one.postingCount == two.postingCount)
                #expect(one.name == two.name && one.weight == two.weight && one.totalLength == two.totalLength)
            }
            let (one, two) = (try Searcher(reader: changed), try Searcher(reader: anew))
            var random = SeededGenerator(seed: seed)
            for _ in 0..<20 {
                let query = TestIndex.query(&random)
                #expect(try one.search(query, k: 20) == two.search(query, k: 20), "seed \(seed), '\(query)'")
            }
            let (merged, _) = try history(seed: seed, compacts: true)
            let names = { (directory: InMemoryDirectory) in
                try directory.list().filter { $0.hasPrefix("segment-") }.sorted()
            }
            let suffixes = { (name: String) in name.drop { $0 != "." } }
            #expect(try names(merged).map(suffixes) == names(rebuilt).map(suffixes))
            for (one, two) in zip(try names(merged), try names(rebuilt)) {
                #expect(try merged.bytes(of: one) == rebuilt.bytes(of: two), "seed \(seed), \(one)")
            }
        }
    }

    @Test("The same changes give the same bytes for any number of threads and any memory.")
    func deterministic() throws {
        let expected = try TestIndex.contents(history(seed: 9).0)
        #expect(expected.keys.contains { $0.contains(".tags.corrections-") })
        #expect(try TestIndex.contents(history(seed: 9, threads: 3).0) == expected)
        #expect(try TestIndex.contents(history(seed: 9, threads: 2, memory: 1).0) == expected)
    }

    @Test("A small memory spills each field, and the runs are gone after the commit.")
    func spilling() throws {
        let documents = FieldCorpus.documents(seed: 4, count: 300)
        let large = try TestIndex.build(documents, options: FieldCorpus.options(), batch: 20)
        let small = try TestIndex.build(documents, options: FieldCorpus.options(memory: 1), batch: 20)
        #expect(try TestIndex.contents(small) == TestIndex.contents(large))
    }

    @Test("An index without fields is as it was: no new keys, no new names.")
    func plain() throws {
        let directory = try TestIndex.build(FieldCorpus.documents(seed: 1, count: 20))
        let manifest = try Manifest.read(from: directory)
        let json = String(decoding: try JSONEncoder().encode(manifest), as: UTF8.self)
        #expect(!json.contains("documentsWithTerms") && !json.contains("weight"))
        #expect(
            manifest.segments[0].files.map(\.name).sorted() == [
                "segment-1.columns", "segment-1.ids", "segment-1.lengths", "segment-1.postings", "segment-1.terms",
                "segment-1.texts",
            ])
    }

    @Test("Every damaged byte of an index with fields is found, named, and never gives other hits.")
    func damage() throws {
        let documents = FieldCorpus.documents(seed: 2, count: 4)
        let directory = try TestIndex.build(documents, options: FieldCorpus.options())
        let writer = try IndexWriter(opening: directory)
        try writer.delete([documents[1].id])
        _ = try writer.commit()
        func view() throws -> [ScoredDocument] {
            let searcher = try Searcher(reader: IndexReader(directory: directory))
            return try (0..<45).flatMap { try searcher.search("w\($0)", k: 9) }
        }
        let sound = try view()
        #expect(!sound.isEmpty)
        for name in try directory.list() where name.contains(".t") {
            let bytes = try directory.bytes(of: name)
            for index in stride(from: 0, to: bytes.count, by: 3) {
                var flipped = bytes
                flipped[index] ^= UInt8(truncatingIfNeeded: 1 << (index % 8))
                directory.put(name, bytes: flipped)
                let report = try IndexCheck.check(directory: directory)
                #expect(report.files.contains { $0.name == name && !$0.problems.isEmpty }, "byte \(index) of \(name)")
                do { #expect(try view() == sound, "byte \(index) of \(name)") } catch is StorageError {}
            }
            directory.put(name, bytes: bytes)
        }
    }

    @Test("Manifests that cannot be true are refused or found by the check, and none traps.")
    func hostileManifests() throws {
        let documents = FieldCorpus.documents(seed: 3, count: 30)
        let directory = try TestIndex.build(documents, options: FieldCorpus.options())
        let writer = try IndexWriter(opening: directory)
        try writer.delete([documents[1].id])
        _ = try writer.commit()
        let sound = try Manifest.read(from: directory)
        let changes: [(inout Manifest) throws -> Void] = [
            { $0.fields = nil },
            { $0.fields = try FieldWeights(parsing: "title,text") },
            { $0.fields = try FieldWeights(parsing: "text,title,tags") },
            { $0.segments[0].fields.removeLast() },
            { $0.segments[0].fields = [] },
            { $0.segments[0].fields[1].name = "title" },
            { $0.segments[0].fields[1].totalLength = 1 << 53 },
            { $0.segments[0].fields[1].totalLength = .max },
            { $0.segments[0].fields[2].documentCount += 1 },
            { $0.segments[0].fields[2].terms.name = "../x" },
            { $0.segments[0].fields.swapAt(0, 1) },
            { $0.segments[0].fields[0].corrections = nil },
            { $0.segments[0].documentsWithTerms = nil },
            { $0.segments[0].documentsWithTerms? -= 1 },
            { $0.segments[0].documentsWithTerms = .min },
            { $0.segments[0].deletions?.documentsWithTerms = nil },
            { $0.segments[0].deletions?.documentsWithTerms = 0 },
            { $0.segments[0].deletions?.documentCount = -1 },
        ]
        for (index, change) in changes.enumerated() {
            var manifest = sound
            try change(&manifest)
            let copy = try TestIndex.copy(directory)
            try manifest.commit(to: copy)
            do {
                #expect(!(try IndexCheck.check(directory: copy).isSound), "change \(index)")
                _ = try Searcher(reader: IndexReader(directory: copy)).search("w0 w1 w2", k: 10)
            } catch is StorageError {}
        }
        let json = String(decoding: try JSONEncoder().encode(sound), as: UTF8.self)
        for (old, new) in [
            ("\"name\":\"tags\"", "\"name\":\"..\\/tags\""), ("\"weight\":1", "\"weight\":-1"),
            ("\"weight\":1", "\"weight\":1e999"),
        ] {
            let text = json.replacingOccurrences(of: old, with: new)
            #expect(text != json)
            let file = try ChecksummedFileWriter(
                directory, IndexFormat.manifestName, kind: IndexFormat.manifestKind, version: IndexFormat.version)
            try file.write([UInt8](text.utf8))
            _ = try file.finish()
            #expect(throws: StorageError.self, "\(new)") { try IndexReader(directory: directory) }
        }
    }

    @Test("Weights are read as they are written, and what breaks a rule is named.")
    func parsing() throws {
        let weights = try FieldWeights(parsing: "title=2, text ,a-b_3 = 0.25")
        #expect(weights.names == ["title", "text", "a-b_3"])
        #expect(weights.fields.map(\.weight) == [2, 1, 0.25])
        #expect(try JSONDecoder().decode(FieldWeights.self, from: JSONEncoder().encode(weights)) == weights)
        for (text, cause) in [
            ("", "''"), ("title,", "''"), ("a b", "'a b'"), ("é", "'é'"), ("a/b", "'a/b'"), ("title=", "no weight"),
            ("title=x", "'x'"), ("title=-1", "-1"), ("title=nan", "nan"), ("title=inf", "inf"), ("title=1001", "1000"),
            ("title=0,text=0", "every weight is 0"), ("title,Title=2", "twice"), ("contents", "'contents'"),
            (String(repeating: "a", count: 65), "64"), ((0..<17).map { "f\($0)" }.joined(separator: ","), "17 fields"),
        ] {
            do {
                _ = try FieldWeights(parsing: text)
                Issue.record("'\(text)' was taken")
            } catch let error as FieldError {
                #expect("\(error)".contains(cause), "'\(text)': \(error)")
            }
        }
    }

    @Test("A field of the metadata is a string or strings, at its top or in its object 'metadata'.")
    func metadata() {
        func text(_ metadata: String?) -> String {
            FieldSource.metadata("author", of: Document(id: "a", text: "", metadata: metadata))
        }
        #expect(text(#"{"author": "Ada Lovelace"}"#) == "Ada Lovelace")
        #expect(text(#"{"author": ["Ada", "Grace"]}"#) == "Ada Grace")
        #expect(text(#"{"metadata": {"author": "Ada"}}"#) == "Ada")
        #expect(text(#"{"author": "", "metadata": {"author": "Ada"}}"#) == "")
        #expect(text(#"{"author": 7, "metadata": {"author": ["Ada"]}}"#) == "Ada")
        for nothing in [nil, "", "{", "[]", "{}", #"{"author": 7}"#, #"{"metadata": 7}"#, #"{"metadata": [{}]}"#] {
            #expect(text(nothing) == "")
        }
    }
}
