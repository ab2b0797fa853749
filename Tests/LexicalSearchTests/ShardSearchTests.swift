import DecoyTestSupport
import DurableStorage
import Foundation
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

/// Shards of random corpora, searched apart and merged, beside one index of all.
@Suite("Shards")
struct ShardSearchTests {
    /// A corpus, and how it is changed afterwards.
    private struct Work {
        var documents: [Document]
        var updates: [Document]
        var deletions: [DocumentID]
        var queries: [Query]

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            documents = TestIndex.documents(seed: seed, count: Int.random(in: 1...60, using: &random))
            let old = documents
            updates = TestIndex.documents(seed: seed + 1000, count: 10).enumerated().map { number, document in
                var document = document
                if number % 2 == 0 {
                    document.id = old[number % old.count].id + (number < old.count ? "" : "x\(number)")
                }
                return document
            }
            updates = Array(Dictionary(updates.map { ($0.id, $0) }) { first, _ in first }.values).sorted {
                $0.id < $1.id
            }
            deletions = documents.map(\.id).filter { _ in Int.random(in: 0..<4, using: &random) == 0 } + ["unknown"]
            queries = (0..<12).map { Query(id: "q\($0)", text: TestIndex.query(&random)) }
        }

        /// Builds and changes an index, of a shard or of all.
        func index(_ shard: Shard?) throws -> InMemoryDirectory {
            let options = IndexOptions(analyzer: .whitespace, shard: shard)
            let directory = InMemoryDirectory()
            let writer = try IndexWriter(directory: directory, options: options)
            try writer.add(documents)
            _ = try writer.commit()
            // Twice: a task that is run again changes nothing.
            for _ in 0..<2 {
                let change = try IndexWriter(opening: directory, change: .update, shard: shard)
                try change.delete(deletions)
                try change.add(updates)
                _ = try change.commit()
            }
            return directory
        }
    }

    private func run(_ searcher: Searcher, _ queries: [Query], k: Int) throws -> String {
        var lines = ""
        try searcher.retrieve(queries, k: k) { lines += $0.trecLines(tag: "bm25") }
        return lines
    }

    @Test(
        "Searched with the statistics of all and merged in any order, shards give the bytes of one index.",
        arguments: [1, 2, 3, 7, 16])
    func identity(count: Int) throws {
        let folder = try TemporaryFolder()
        for seed in 0..<4 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let work = Work(seed: seed)
            let k = [1, 5, 1000][Int(seed) % 3]
            let whole = try Searcher(reader: IndexReader(directory: work.index(nil)))
            let readers = try (0..<count).map {
                try IndexReader(directory: work.index(Shard(index: $0, count: count)))
            }
            #expect(readers.reduce(0) { $0 + $1.storedDocumentCount } == whole.reader.storedDocumentCount)
            #expect(Set(readers.map(\.summary.shard?.inputs)).count == 1)
            let files = try readers.enumerated().map { number, reader in
                let path = folder.path("\(number).stats")
                try ShardStatistics.write(of: reader, to: path)
                return path
            }
            let all = folder.path("all.stats")
            try ShardStatistics.merge(files, to: all)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: all))
            // Another order, and merges of merges.
            var shuffled = files.shuffled(using: &random)
            if count > 2 {
                let part = folder.path("part.stats")
                try ShardStatistics.merge(Array(shuffled.prefix(count / 2)), to: part, partial: true)
                shuffled = Array(shuffled.dropFirst(count / 2)) + [part]
            }
            try ShardStatistics.merge(shuffled, to: all)
            #expect(try Data(contentsOf: URL(fileURLWithPath: all)) == bytes, "seed \(seed)")
            let statistics = try ShardStatistics(path: all)
            #expect(statistics.documentCount == whole.reader.documentCount)
            #expect(statistics.totalLength == whole.reader.totalLength)
            for word in (0..<45).map({ "w\($0)" }) + ["", "a", "zz"] {
                #expect(try statistics.documentFrequency(of: word) == whole.reader.documentFrequency(of: word))
            }
            let runs = try readers.enumerated().map { number, reader in
                let searcher = try Searcher(reader: reader, statistics: statistics)
                return try folder.write("\(number).trec", run(searcher, work.queries, k: k))
            }
            let expected = try run(whole, work.queries, k: k)
            func text(_ merge: RunMerge) throws -> String {
                var merged = ""
                try merge.write(k: k) { merged += String(decoding: $0, as: UTF8.self) }
                return merged
            }
            let ids = work.queries.map(\.id)
            for paths in [runs, runs.shuffled(using: &random)] {
                #expect(try text(RunMerge(paths, queries: ids)) == expected, "seed \(seed)")
            }
            // Fewer documents first, and of the queries that these leave open all.
            let depth = k / count + 1
            func search(_ name: String, _ queries: [Query], k: Int) throws -> [String] {
                try readers.enumerated().map { number, reader in
                    let searcher = try Searcher(reader: reader, statistics: statistics)
                    return try folder.write("\(number).\(name)", run(searcher, queries, k: k))
                }
            }
            let first = try search("first", work.queries, k: depth)
            let unsure = Set(try RunMerge(first, depth: depth, queries: ids).unsure(k: k))
            let second = try search("second", work.queries.filter { unsure.contains($0.id) }, k: k)
            #expect(
                try text(RunMerge(first, depth: depth, again: second, queries: ids)) == expected, "seed \(seed)")
        }
    }

    @Test("A term's frequency is found in files of many blocks, and terms stand in byte order.")
    func manyTerms() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 5)
        let documents = (0..<60).map { number in
            let words = (0..<20).map { _ in "t" + String(UInt64.random(in: 0..<900, using: &random), radix: 36) }
            return Document(id: "d\(number)", text: words.joined(separator: " "))
        }
        let options = IndexOptions(analyzer: .whitespace, shard: Shard(index: 0, count: 1))
        let reader = try IndexReader(directory: TestIndex.build(documents, options: options))
        try ShardStatistics.write(of: reader, to: folder.path("stats"))
        let statistics = try ShardStatistics(path: folder.path("stats"))
        #expect(statistics.termCount > 300)
        for number in 0..<1000 as Range<UInt64> {
            let term = "t" + String(number, radix: 36)
            #expect(try statistics.documentFrequency(of: term) == reader.documentFrequency(of: term), "\(term)")
        }
    }

    @Test("Any byte of a file of statistics that changes is found.")
    func damage() throws {
        let folder = try TemporaryFolder()
        let options = IndexOptions(analyzer: .whitespace, shard: Shard(index: 0, count: 1))
        let reader = try IndexReader(
            directory: TestIndex.build(TestIndex.documents(seed: 3, count: 9), options: options))
        let path = folder.path("stats")
        try ShardStatistics.write(of: reader, to: path)
        let sound = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        for place in sound.indices {
            var bytes = sound
            bytes[place] ^= 0x10
            #expect(throws: StorageError.self) { try ShardStatistics(path: folder.write("damaged", bytes)) }
        }
    }

    @Test("A file of statistics that is wrong under right checksums gives errors and never traps.")
    func structure() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 11)
        let documents = TestIndex.documents(seed: 7, count: 80)
        let options = IndexOptions(analyzer: .whitespace, shard: Shard(index: 0, count: 1))
        let path = folder.path("stats")
        try ShardStatistics.write(of: IndexReader(directory: TestIndex.build(documents, options: options)), to: path)
        let sound = try ShardStatistics(path: path)
        let body = try sound.file.body().bytes
        var (refused, read) = (0, 0)
        for _ in 0..<400 {
            var changed = body
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                // Half of them at the end, where the numbers are.
                let from = Bool.random(using: &random) ? 0 : body.count - 48
                changed[Int.random(in: from..<body.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let directory = InMemoryDirectory()
            let file = try ChecksummedFileWriter(
                directory, "s", kind: StatisticsLayout.kind, version: IndexFormat.version)
            try file.write(changed)
            _ = try file.finish()
            do {
                let statistics = try ShardStatistics(directory.open("s"), path: "s")
                let cursor = try StatisticsCursor(statistics)
                while cursor.term != nil { try cursor.next() }
                for word in 0..<45 { _ = try statistics.documentFrequency(of: "w\(word)") }
                read += 1
            } catch is StorageError {
                refused += 1
            }
        }
        #expect(refused > 100 && refused + read == 400, "seed \(random.seed): \(refused) refused, \(read) read")
    }

    @Test("Missing, repeated and foreign shards are named.")
    func refusals() throws {
        let folder = try TemporaryFolder()
        func write(_ name: String, _ index: Int, _ count: Int, _ documents: [Document], text: Bool = true) throws
            -> String
        {
            let options = IndexOptions(
                analyzer: .whitespace, storeText: text, shard: Shard(index: index, count: count))
            let reader = try IndexReader(directory: TestIndex.build(documents, options: options))
            try ShardStatistics.write(of: reader, to: folder.path(name))
            return folder.path(name)
        }
        let documents = TestIndex.documents(seed: 1, count: 20)
        let files = try (0..<3).map { try write("s\($0)", $0, 3, documents) }
        func message(_ paths: [String]) -> String {
            do {
                try ShardStatistics.merge(paths, to: folder.path("all"))
                return ""
            } catch { return "\(error)" }
        }
        #expect(message(files) == "")
        #expect(message([files[0], files[2]]).contains("missing: 1;"))
        #expect(message(files + [files[1]]).contains("shard 1 of 3 is in \(files[1]) already"))
        #expect(try message([files[0], write("n", 1, 4, documents)]).contains("it is of 4 shards"))
        #expect(try message([files[0], write("o", 1, 3, documents, text: false)]).contains("other options"))
        #expect(try message([files[0], write("i", 1, 3, Array(documents.dropLast()))]).contains("other documents"))
    }

    @Test("A change of a shard must say of which; a change that a shard has no part in is still known to it.")
    func changes() throws {
        let shard = try #require(Shard(index: 0, count: 2))
        let directory = try TestIndex.build(
            TestIndex.documents(seed: 1, count: 20), options: IndexOptions(analyzer: .whitespace, shard: shard))
        let before = try IndexReader(directory: directory).summary
        let foreign = try #require(
            (0..<100).map { Document(id: "new\($0)", text: "w1") }.first { !shard.contains($0.id) })
        #expect(throws: ShardError.unnamed(path: directory.path, shard: shard)) {
            try IndexWriter(opening: directory).add([foreign])
        }
        let other = try #require(Shard(index: 1, count: 2))
        #expect(throws: ShardError.self) { try IndexWriter(opening: directory, shard: other) }
        let writer = try IndexWriter(opening: directory, shard: shard)
        try writer.add([foreign])
        let after = try writer.commit()
        #expect(after.documentCount == before.documentCount)
        #expect(after.shard?.inputs != before.shard?.inputs)
    }
}
