import DecoyTestSupport
import DurableStorage
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Determinism, damage and crashes")
struct DurabilityTests {
    @Test("An index has the same bytes for any number of threads, any batches and any memory.")
    func deterministic() throws {
        var text = RandomText(seed: 4, vocabularySize: 2000)
        let documents = text.documents(1500, words: 5...40)
        let expected = try TestIndex.contents(TestIndex.build(documents))
        #expect(expected.count == 6)
        for (threads, batch, memory) in [
            (2, 1000, 512 << 20), (3, 130, 512 << 20), (1, 77, 1 << 16), (2, 500, 1 << 20),
        ] {
            let options = IndexOptions(analyzer: .whitespace, threads: threads, memory: memory)
            let found = try TestIndex.contents(TestIndex.build(documents, options: options, batch: batch))
            #expect(found == expected, "threads \(threads), batch \(batch), memory \(memory)")
        }
    }

    private static let documents = [
        Document(id: "a", title: "one", text: "red apple pie"), Document(id: "b", text: "green apple apple"),
        Document(id: "c", text: ""), Document(id: "d", text: "red red wine", metadata: #"{"year": 2020}"#),
        Document(id: "e", text: "apple"),
    ]
    private static let queries = ["apple", "red apple", "pie wine", "none"]

    /// All hits and all texts, which is everything a user sees of an index.
    private func everything(_ directory: any Directory) throws -> [[ScoredDocument]] {
        let searcher = try Searcher(reader: IndexReader(directory: directory))
        return try Self.queries.map { try searcher.search($0, k: 10) }
    }

    @Test("Every flipped byte is found by the check, which names the file; a search throws or gives the same hits.")
    func flips() throws {
        let directory = try TestIndex.build(Self.documents)
        let hits = try everything(directory)
        let texts = try IndexReader(directory: directory).document("d")
        #expect(try IndexCheck.check(directory: directory).isSound)
        for name in try directory.list() where name != IndexFormat.lockName {
            let sound = try directory.bytes(of: name)
            for index in sound.indices {
                var damaged = sound
                damaged[index] ^= UInt8(truncatingIfNeeded: 1 << (index % 8))
                directory.put(name, bytes: damaged)
                expectNamed(name, directory, "byte \(index) of \(name)")
                do { #expect(try everything(directory) == hits, "byte \(index) of \(name)") } catch is StorageError {}
                do { #expect(try IndexReader(directory: directory).document("d") == texts) } catch is StorageError {}
            }
            directory.put(name, bytes: sound)
        }
    }

    @Test("Every truncated file is found by the check, which names it; a search throws or gives the same hits.")
    func truncations() throws {
        let directory = try TestIndex.build(Self.documents)
        let hits = try everything(directory)
        for name in try directory.list() where name != IndexFormat.lockName {
            let sound = try directory.bytes(of: name)
            for length in stride(from: 0, to: sound.count, by: 3) {
                directory.put(name, bytes: Array(sound[..<length]))
                expectNamed(name, directory, "length \(length) of \(name)")
                do { #expect(try everything(directory) == hits, "length \(length) of \(name)") } catch is StorageError {
                }
            }
            try directory.delete(name)
            if name != IndexFormat.manifestName { expectNamed(name, directory, "\(name) missing") }
            #expect(throws: StorageError.self) { try everything(directory) }
            directory.put(name, bytes: sound)
        }
    }

    private func expectNamed(_ name: String, _ directory: any Directory, _ note: String) {
        do {
            let report = try IndexCheck.check(directory: directory)
            #expect(!report.isSound, "\(note)")
            #expect(report.files.contains { $0.name == name && !$0.problems.isEmpty }, "\(note): \(report.problems)")
        } catch StorageError.corrupt(let file, _) {
            #expect(file.hasSuffix("/" + name), "\(note)")
        } catch {
            Issue.record("\(note): \(error)")
        }
    }

    @Test("A structure that is wrong under right checksums is found by the check and never traps a search.")
    func wrongStructures() throws {
        let sound = try TestIndex.build(TestIndex.documents(seed: 8, count: 300))
        let manifest = try Manifest.read(from: sound)
        let kinds: [(String, FileKind)] = [
            ("segment-1.terms", IndexFormat.termsKind), ("segment-1.postings", IndexFormat.postingsKind),
            ("segment-1.lengths", IndexFormat.lengthsKind), ("segment-1.ids", IndexFormat.idsKind),
            ("segment-1.texts", IndexFormat.textsKind),
        ]
        var random = SeededGenerator(seed: 8)
        var found = 0
        for round in 0..<150 {
            let (name, kind) = kinds[round % kinds.count]
            let directory = InMemoryDirectory()
            for file in try sound.list() { directory.put(file, bytes: try sound.bytes(of: file)) }
            // Write the file anew, with right checksums around a wrong body.
            var body = try ChecksummedFile(sound, name, kind: kind, version: IndexFormat.version).body().bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let tail = Bool.random(using: &random) ? min(40, body.count) : body.count
                body[body.count - 1 - Int.random(in: 0..<tail, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let writer = try ChecksummedFileWriter(directory, name, kind: kind, version: IndexFormat.version)
            try writer.write(body)
            let seal = try writer.finish()
            var changed = manifest
            changed.replace(name, seal)
            try changed.commit(to: directory)
            if try !IndexCheck.check(directory: directory).isSound { found += 1 }
            do {
                let searcher = try Searcher(reader: IndexReader(directory: directory))
                for _ in 0..<5 {
                    let hits = try searcher.search(TestIndex.query(&random), k: 20)
                    for hit in hits.prefix(2) { _ = try searcher.document(hit.id) }
                }
                _ = try searcher.scores(of: ["d1", "d50", "x"], for: Query(id: "q", text: "w0 w1 w2"))
            } catch is StorageError {}
        }
        #expect(found > 100)
    }

    @Test(
        "Wherever index creation fails or is killed there is no index or the whole index, and a new writer succeeds.",
        arguments: [false, true])
    func faults(positions: Bool) throws {
        let options = IndexOptions(analyzer: .whitespace, positions: positions, memory: 1)
        let complete = try TestIndex.contents(TestIndex.build(Self.documents, options: options))
        let counting = FaultInjectingDirectory(InMemoryDirectory())
        try TestIndex.build(Self.documents, in: counting, options: options)
        #expect(counting.operations > 20)
        var random = SeededGenerator(seed: 12)
        for operation in 1...counting.operations {
            let disk = InMemoryDirectory()
            #expect(throws: FaultInjectingDirectory.Fault.self) {
                try TestIndex.build(
                    Self.documents, in: FaultInjectingDirectory(disk, failing: operation), options: options)
            }
            let survivors =
                InMemoryDirectory.Crash.allCases.map { ("\($0)", disk.afterCrash($0)) }
                + (0..<2).map { ("reordering \($0), seed \(random.seed)", disk.afterReordering(&random)) }
            for (crash, survivor) in survivors {
                do {
                    _ = try everything(survivor)
                    #expect(try IndexCheck.check(directory: survivor).isSound, "operation \(operation), \(crash)")
                } catch StorageError.notFound {
                    try TestIndex.build(Self.documents, in: survivor, options: options)
                    #expect(try TestIndex.contents(survivor) == complete, "operation \(operation), \(crash)")
                }
            }
        }
    }

    @Test("A commit that returned survives every crash.")
    func committed() throws {
        let directory = try TestIndex.build(Self.documents)
        let hits = try everything(directory)
        for crash in InMemoryDirectory.Crash.allCases { #expect(try everything(directory.afterCrash(crash)) == hits) }
    }
}

extension Manifest {
    fileprivate mutating func replace(_ name: String, _ seal: FileSeal) {
        let file = File(name: name, seal: seal)
        if segments[0].fields[0].terms.name == name { segments[0].fields[0].terms = file }
        if segments[0].fields[0].postings.name == name { segments[0].fields[0].postings = file }
        if segments[0].fields[0].lengths.name == name { segments[0].fields[0].lengths = file }
        if segments[0].ids.name == name { segments[0].ids = file }
        if segments[0].texts?.name == name { segments[0].texts = file }
    }
}
