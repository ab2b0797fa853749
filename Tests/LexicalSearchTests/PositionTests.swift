import DecoyTestSupport
import DurableStorage
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Token positions")
struct PositionTests {
    private static func options(_ analyzer: AnalyzerOptions = .whitespace, threads: Int = 1, memory: Int = 512 << 20)
        -> IndexOptions
    {
        IndexOptions(analyzer: analyzer, positions: true, threads: threads, memory: memory)
    }

    /// The positions of every term in every document of an index of one segment, read in random order of blocks.
    private func positions(_ directory: any Directory) throws -> [String: [String: [Int]]] {
        let segment = try #require(try IndexReader(directory: directory).segments.first)
        var found: [String: [String: [Int]]] = [:]
        try segment.contents.terms.forEach { term, entry in
            let cursor = try #require(try PositionalCursor(entry, in: segment.contents))
            let text = String(decoding: term, as: UTF8.self)
            var array: [UInt32] = []
            for document in 0..<segment.documentCount where try cursor.find(document) {
                // Some documents are passed over, others read.
                if (document + text.utf8.count) % 3 == 0 { continue }
                try cursor.readPositions(into: &array)
                found[try segment.ids.id(of: document), default: [:]][text] = array.map { Int($0) }
            }
        }
        return found
    }

    @Test("Every posting has the analyzer's positions, in short and in long lists.", arguments: [20, 500])
    func positions(count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        let both = AnalyzerOptions(name: "both", segmentation: .wordsAndBigrams, filters: [.fold(.nfkcCasefold)])
        for (analyzer, vocabulary) in [
            (.whitespace, .english), (.english, .english), (both, .japanese), (both, .thai),
        ] as [(AnalyzerOptions, NaivePositions.Vocabulary)] {
            let documents = NaivePositions.documents(count, words: 8, of: vocabulary, &random)
            let found = try positions(TestIndex.build(documents, options: Self.options(analyzer)))
            let reference = try NaivePositions(documents, analyzer: analyzer)
            for (id, tokens) in reference.tokens {
                for (term, positions) in found[id] ?? [:] {
                    let expected = tokens.enumerated().flatMap { place, here in
                        here.filter { $0 == term }.map { _ in place }
                    }
                    #expect(positions == expected, "\(id), \(term)")
                }
            }
            #expect(found.values.reduce(0) { $0 + $1.count } > count)
        }
    }

    @Test("An index with positions has the same bytes for any number of threads, any batches and any memory.")
    func deterministic() throws {
        var text = RandomText(seed: 14, vocabularySize: 700)
        let documents = text.documents(900, words: 5...40)
        let expected = try TestIndex.contents(TestIndex.build(documents, options: Self.options()))
        #expect(expected.count == 7)
        for (threads, batch, memory) in [
            (2, 1000, 512 << 20), (3, 130, 512 << 20), (1, 77, 1 << 16), (2, 500, 1 << 20),
        ] {
            let options = Self.options(threads: threads, memory: memory)
            let found = try TestIndex.contents(TestIndex.build(documents, options: options, batch: batch))
            #expect(found == expected, "threads \(threads), batch \(batch), memory \(memory)")
        }
        // Beside the positions themselves only the dictionary and the manifest differ.
        let plain = try TestIndex.contents(TestIndex.build(documents))
        for name in plain.keys where name != "manifest" && name != "segment-1.terms" {
            #expect(plain[name] == expected[name], "\(name)")
        }
        let summary = try IndexReader(directory: TestIndex.build(documents, options: Self.options())).summary
        #expect(summary.storesPositions && summary.bytes.positions == expected["segment-1.positions"]?.count)
    }

    @Test("Appending, deleting and compaction keep positions: the bytes are those of an index built anew.")
    func changes() throws {
        var text = RandomText(seed: 15, vocabularySize: 120)
        let documents = text.documents(500, words: 5...30)
        let directory = try TestIndex.build(Array(documents[..<200]), options: Self.options())
        for (start, threads) in [(200, 1), (350, 2)] {
            let writer = try IndexWriter(opening: directory, threads: threads, memory: 1)
            try writer.add(Array(documents[start..<(start + 150)]))
            if start == 350 { try writer.delete((0..<30).map { "d\($0 * 7)" }) }
            #expect(try writer.commit().storesPositions)
            #expect(try IndexCheck.check(directory: directory).isSound)
        }
        let writer = try IndexWriter(opening: directory)
        writer.compact()
        _ = try writer.commit()
        let gone = Set((0..<30).map { "d\($0 * 7)" })
        let rebuilt = try TestIndex.build(documents.filter { !gone.contains($0.id) }, options: Self.options())
        func bySuffix(_ directory: InMemoryDirectory) throws -> [String: [UInt8]] {
            var files: [String: [UInt8]] = [:]
            for (name, bytes) in try TestIndex.contents(directory) where name.contains(".") {
                files[String(name.drop { $0 != "." })] = bytes
            }
            return files
        }
        #expect(try bySuffix(directory) == bySuffix(rebuilt))
        #expect(try bySuffix(rebuilt)[".positions"] != nil)
    }

    @Test(
        "Damage of the file of positions is found by the check, which names it; a phrase then throws or has the same hits."
    )
    func damage() throws {
        var random = SeededGenerator(seed: 16)
        let documents = NaivePositions.documents(200, words: 4, &random)
        let sound = try TestIndex.build(documents, options: Self.options())
        let name = "segment-1.positions"
        let body = try ChecksummedFile(
            sound, name, kind: IndexFormat.positionsKind, version: IndexFormat.version
        ).body().bytes
        func hits(_ directory: any Directory) throws -> [[ScoredDocument]] {
            var searcher = try Searcher(reader: IndexReader(directory: directory))
            searcher.phrases = true
            let proximity = try ProximityRetriever(searcher)
            return try [#""ax bo""#, #""the ax the""#, #""cu cu""#].flatMap {
                [try searcher.search($0, k: 20), try proximity.search($0, k: 20)]
            }
        }
        let expected = try hits(sound)
        var found = 0
        for round in 0..<60 {
            let directory = try TestIndex.copy(sound)
            var bytes = try sound.bytes(of: name)
            bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8(round % 8)
            directory.put(name, bytes: bytes)
            let report = try IndexCheck.check(directory: directory)
            #expect(report.files.contains { $0.name == name && !$0.problems.isEmpty }, "round \(round)")
            do { #expect(try hits(directory) == expected, "round \(round)") } catch is StorageError {}
            // The same with right checksums: no trap, and found unless the positions are as good as others.
            var wrong = body
            for _ in 0..<3 {
                wrong[Int.random(in: wrong.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            if round % 3 == 0 { wrong.removeLast(round + 1) }
            let writer = try ChecksummedFileWriter(
                directory, name, kind: IndexFormat.positionsKind, version: IndexFormat.version)
            try writer.write(wrong)
            var manifest = try Manifest.read(from: directory)
            manifest.segments[0].fields[0].positions = .init(name: name, seal: try writer.finish())
            try manifest.commit(to: directory)
            if try !IndexCheck.check(directory: directory).isSound { found += 1 }
            do { _ = try hits(directory) } catch is StorageError {}
        }
        #expect(found > 30, "\(found)")
    }

    @Test("A manifest and files that do not agree about positions are refused.")
    func disagreement() throws {
        let documents = [Document(id: "a", text: "x y")]
        let with = try TestIndex.build(documents, options: Self.options())
        var manifest = try Manifest.read(from: with)
        manifest.storesPositions = nil
        try manifest.commit(to: with)
        #expect(throws: StorageError.self) { try IndexReader(directory: with) }
        manifest.segments[0].fields[0].positions = nil
        try manifest.commit(to: with)
        #expect(throws: StorageError.self) { try IndexReader(directory: with) }
    }

    @Test("Making room in a batch keeps what was written and not yet counted.")
    func reserve() {
        let batch = PostingBatch(capacity: 4, positions: true)
        for place in 0..<4 { (batch.documents[place], batch.frequencies[place]) = (UInt32(place), 7) }
        let bytes = PositionBytes([1, 2, 3])
        batch.positions?[3] = bytes.bytes
        batch.reserve(5)
        #expect((0..<4).map { batch.documents[$0] } == [0, 1, 2, 3])
        #expect((0..<4).allSatisfy { batch.frequencies[$0] == 7 })
        #expect(batch.positions?[3].count == 3)
    }
}
