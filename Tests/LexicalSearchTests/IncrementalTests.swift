import DecoyTestSupport
import DurableStorage
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Appending, updating, deleting and merging")
struct IncrementalTests {
    /// What an index should hold: documents by id in the order in which they were last added.
    private struct Model {
        var documents: [Document] = []

        mutating func remove(_ id: String) { documents.removeAll { $0.id == id } }

        mutating func apply(_ operation: Operation) {
            for id in operation.deleted { remove(id) }
            for document in operation.added {
                remove(document.id)
                documents.append(document)
            }
        }
    }

    private struct Operation {
        var change = IndexWriter.Change.append
        var added: [Document] = []
        var deleted: [String] = []
        var compacts = false

        @discardableResult
        func apply(to directory: any Directory, threads: Int = 1, batch: Int = 7, memory: Int = 512 << 20) throws
            -> IndexSummary
        {
            let writer = try IndexWriter(opening: directory, change: change, threads: threads, memory: memory)
            try writer.delete(deleted)
            var start = 0
            while start < added.count {
                try writer.add(Array(added[start..<min(start + batch, added.count)]))
                start += batch
            }
            if compacts { writer.compact() }
            return try writer.commit()
        }
    }

    private func operation(_ model: Model, _ round: Int, _ random: inout SeededGenerator) -> Operation {
        func texts(_ count: Int) -> [Document] {
            TestIndex.documents(seed: UInt64.random(in: 0...1_000_000, using: &random), count: count)
        }
        func known(_ count: Int) -> [String] {
            Set((0..<count).compactMap { _ in model.documents.randomElement(using: &random)?.id }).sorted()
        }
        let count = Int.random(in: 0...14, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0..<3:
            return Operation(
                added: texts(count).enumerated().map {
                    Document(id: "r\(round)-\($0)", title: $1.title, text: $1.text)
                })
        case 3, 4:
            var documents = zip(known(count), texts(count)).map { Document(id: $0, text: $1.text, metadata: "{}") }
            documents += texts(2).enumerated().map { Document(id: "u\(round)-\($0)", text: $1.text) }
            return Operation(change: .update, added: documents)
        case 5, 6: return Operation(deleted: known(2 * count) + ["missing"])
        default: return Operation(added: [], deleted: known(1), compacts: true)
        }
    }

    private func compare(
        _ directory: InMemoryDirectory, _ model: Model, _ random: inout SeededGenerator, _ note: String
    )
        throws
    {
        let reader = try IndexReader(directory: directory)
        let rebuilt = try IndexReader(directory: TestIndex.build(model.documents))
        #expect(try reader.documentIDs() == model.documents.map(\.id), "\(note)")
        #expect(reader.storedDocumentCount == model.documents.count, "\(note)")
        #expect(reader.documentCount == rebuilt.documentCount && reader.totalLength == rebuilt.totalLength, "\(note)")
        #expect(reader.summary.postingCount == rebuilt.summary.postingCount, "\(note)")
        let (one, two) = (try Searcher(reader: reader), try Searcher(reader: rebuilt))
        for _ in 0..<6 {
            let query = TestIndex.query(&random)
            let k = [1, 3, 1000].randomElement(using: &random) ?? 1
            let (found, expected) = (try one.search(query, k: k), try two.search(query, k: k))
            #expect(found.map(\.id) == expected.map(\.id), "\(note), '\(query)', k \(k)")
            #expect(
                found.map(\.score.bitPattern) == expected.map(\.score.bitPattern), "\(note), '\(query)', k \(k)")
            let ids = model.documents.prefix(5).map(\.id) + ["missing", "r1-1", "u2-0"]
            let question = Query(id: "q", text: query)
            #expect(try one.scores(of: ids, for: question) == two.scores(of: ids, for: question), "\(note)")
        }
        for term in ["w0", "w1", "w7", "none"] {
            #expect(try reader.documentFrequency(of: term) == rebuilt.documentFrequency(of: term), "\(note), \(term)")
        }
        for document in [model.documents.first, model.documents.last].compactMap({ $0 }) {
            #expect(try reader.document(document.id) == document, "\(note)")
        }
    }

    @Test("After any changes in any order an index equals one built anew: ids, order, texts, statistics, score bits.")
    func randomOperations() throws {
        var (merges, deletions) = (0, 0)
        for seed in 1...9 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            var model = Model(documents: TestIndex.documents(seed: seed, count: Int.random(in: 0...60, using: &random)))
            let directory = try TestIndex.build(model.documents)
            for round in 0..<16 {
                let note = "seed \(seed), round \(round)"
                let operation = operation(model, round, &random)
                let before = try IndexReader(directory: directory).summary
                let summary = try operation.apply(
                    to: directory, threads: Int.random(in: 1...3, using: &random),
                    memory: Bool.random(using: &random) ? 1 : 1 << 20)
                model.apply(operation)
                #expect(summary == (try IndexReader(directory: directory).summary), "\(note)")
                #expect(summary.segmentCount <= MergePolicy.maximumSegmentCount, "\(note)")
                if summary.segmentCount < before.segmentCount { merges += 1 }
                if summary.deletedCount > before.deletedCount { deletions += 1 }
                try compare(directory, model, &random, note)
                if round % 4 == 3 {
                    let report = try IndexCheck.check(directory: directory)
                    #expect(report.isSound, "\(note): \(report.problems)")
                }
            }
        }
        #expect(merges > 4 && deletions > 15, "\(merges) merges, \(deletions) deletions")
    }

    @Test("The same changes give the same bytes for any number of threads, any batches and any memory.")
    func deterministic() throws {
        func build(threads: Int, batch: Int, memory: Int) throws -> [String: [UInt8]] {
            var random = SeededGenerator(seed: 77)
            var model = Model(documents: TestIndex.documents(seed: 77, count: 200))
            let directory = try TestIndex.build(model.documents)
            for round in 0..<20 {
                let operation = operation(model, round, &random)
                try operation.apply(to: directory, threads: threads, batch: batch, memory: memory)
                model.apply(operation)
            }
            return try TestIndex.contents(directory)
        }
        let expected = try build(threads: 1, batch: 1000, memory: 512 << 20)
        for (threads, batch, memory) in [(2, 3, 512 << 20), (3, 5, 1), (1, 1, 1)] {
            #expect(
                try build(threads: threads, batch: batch, memory: memory) == expected,
                "threads \(threads), batch \(batch), memory \(memory)")
        }
    }

    @Test("Compaction leaves the bytes that an index built anew has, and no other files.")
    func compaction() throws {
        var text = RandomText(seed: 12, vocabularySize: 500)
        let documents = text.documents(600, words: 5...30)
        let directory = try TestIndex.build(Array(documents[..<300]))
        try Operation(added: Array(documents[300..<450])).apply(to: directory)
        try Operation(added: Array(documents[450...]), deleted: (0..<40).map { "d\($0 * 9)" }).apply(to: directory)
        let gone = Set((0..<40).map { "d\($0 * 9)" })
        let kept = documents.filter { !gone.contains($0.id) }
        let summary = try Operation(compacts: true).apply(to: directory)
        #expect(summary.segmentCount == 1 && summary.deletedCount == 0 && summary.documentCount == kept.count)
        func bySuffix(_ directory: InMemoryDirectory) throws -> [String: [UInt8]] {
            var files: [String: [UInt8]] = [:]
            for (name, bytes) in try TestIndex.contents(directory) where name.contains(".") {
                files[String(name.drop { $0 != "." })] = bytes
            }
            return files
        }
        #expect(try bySuffix(directory) == bySuffix(TestIndex.build(kept)))
        #expect(try directory.list().count == 6)
        let again = try TestIndex.contents(directory)
        try Operation(compacts: true).apply(to: directory)
        #expect(try TestIndex.contents(directory) == again, "nothing is left to do")
    }

    @Test("An id that exists is refused by name, and nothing is written.")
    func existingID() throws {
        let directory = try TestIndex.build([Document(id: "a", text: "x"), Document(id: "b", text: "y")])
        let before = try TestIndex.contents(directory)
        do {
            let fresh = Document(id: "c", text: "z")
            try Operation(added: [fresh, Document(id: "b", text: "z"), Document(id: "a", text: "z")])
                .apply(to: directory)
            Issue.record("an existing id was accepted")
        } catch let errors as InputErrors {
            #expect(errors.errors.count == 2)
            #expect(errors.description.contains("'b'") && errors.description.contains("'a'"))
        }
        #expect(try TestIndex.contents(directory) == before)
        // What is deleted in the same commit does not exist any more.
        try Operation(added: [Document(id: "b", text: "z")], deleted: ["b"]).apply(to: directory)
        #expect(try IndexReader(directory: directory).document("b")?.text == "z")
    }

    @Test("Ids that are not there are counted when they are to be deleted; an empty index can be filled again.")
    func unknownIDs() throws {
        let directory = try TestIndex.build([Document(id: "a", text: "x"), Document(id: "b", text: "y")])
        let writer = try IndexWriter(opening: directory)
        #expect(try writer.delete(["a", "c", "a", "b", ""]) == 3)
        #expect(writer.deletedCount == 2)
        #expect(try writer.commit().documentCount == 0)
        #expect(try Searcher(reader: IndexReader(directory: directory)).search("x y", k: 5).isEmpty)
        #expect(try IndexCheck.check(directory: directory).isSound)
        try Operation(added: [Document(id: "a", text: "x z")]).apply(to: directory)
        #expect(try Searcher(reader: IndexReader(directory: directory)).search("x", k: 5).map(\.id) == ["a"])
    }

    @Test("A reader keeps what it opened while writers commit, merge and remove files.")
    func snapshots() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/index"
        let writer = try IndexWriter(path: path, options: IndexOptions(analyzer: .whitespace))
        try writer.add([Document(id: "a", text: "x y"), Document(id: "b", text: "x")])
        _ = try writer.commit()
        let reader = try IndexReader(path: path)
        let searcher = try Searcher(reader: reader)
        let hits = try Searcher(reader: IndexReader(path: path)).search("x", k: 9)
        for round in 0..<12 {
            try Operation(
                change: .update, added: [Document(id: "b", text: "x \(round)"), Document(id: "n\(round)", text: "x")]
            )
            .apply(to: FileSystemDirectory(path: path))
        }
        #expect(try searcher.search("x", k: 9) == hits)
        #expect(try reader.document("b")?.text == "x")
        let now = try IndexReader(path: path)
        #expect(now.storedDocumentCount == 14 && now.summary.segmentCount <= 8)
        #expect(try now.document("b")?.text == "x 11")
    }

    @Test("A second writer is locked out, also from replacing the whole index, and leaves everything as it was.")
    func locked() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/index"
        _ = try IndexWriter(path: path).commit()
        let first = try IndexWriter(opening: path)
        try first.add([Document(id: "a", text: "x")])
        #expect(throws: StorageError.locked(path: path + "/lock")) { try IndexWriter(opening: path) }
        #expect(throws: StorageError.locked(path: path + "/lock")) { try IndexWriter(path: path, overwrite: true) }
        #expect(try first.commit().documentCount == 1)
        #expect(throws: StorageError.self) { try IndexWriter(opening: folder.path) }
    }

    @Test("Segments merge when they are many or worn, neighbours only, and an index that grows is rarely written anew.")
    func policy() {
        func size(_ documents: Int, _ live: Int? = nil) -> MergePolicy.Size {
            .init(documents: documents, live: live ?? documents)
        }
        #expect(MergePolicy.plan([]) == [] && MergePolicy.plan([], compact: true) == [])
        #expect(MergePolicy.plan([size(100)], compact: true) == [])
        #expect(MergePolicy.plan([size(100, 99)], compact: true) == [0..<1])
        #expect(MergePolicy.plan([size(100, 75), size(100, 74), size(1)]) == [1..<2])
        #expect(MergePolicy.plan([size(1), size(2)], compact: true) == [0..<2])
        #expect(MergePolicy.plan((0..<8).map { _ in size(1) }) == [])
        #expect(MergePolicy.plan((0..<9).map { _ in size(1) }) == [0..<9])
        #expect(MergePolicy.plan((0..<9).map { size(1 << (20 - 2 * $0)) }) == [7..<9])
        #expect(MergePolicy.plan([size(100, 10)] + (0..<8).map { _ in size(4) }) == [0..<9])
        #expect(MergePolicy.plan([size(1 << 31), size(1 << 31)], compact: true) == [])
        var sizes: [MergePolicy.Size] = []
        var written = 0
        for _ in 0..<2000 {
            sizes.append(size(1))
            written += 1
            for range in MergePolicy.plan(sizes).reversed() {
                let total = sizes[range].reduce(0) { $0 + $1.live }
                written += total
                sizes.replaceSubrange(range, with: [size(total)])
            }
            #expect(sizes.count <= MergePolicy.maximumSegmentCount)
        }
        #expect(written < 12 * 2000, "\(written)")
    }
}
