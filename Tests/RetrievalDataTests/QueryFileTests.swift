import DecoyTestSupport
import Foundation
import Testing

@testable import RetrievalData

struct QueryFileTests {
    @Test("Batches of every size hold the queries of the file in its order, as often as they are gone through.")
    func batches() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("q.jsonl", (0..<25).map { Query(id: "q\($0)", text: "t\($0)").jsonLine() }.joined())
        let all = try QueryReader.read(path)
        let file = try QueryFile(path)
        #expect(file.count == 25)
        for source in [file, QueryFile(all)] {
            for size in [1, 2, 7, 24, 25, 26, 1000] {
                var batches: [[Query]] = []
                try source.forEachBatch(size) { batches.append($0) }
                #expect(batches.flatMap { $0 } == all)
                #expect(batches.dropLast().allSatisfy { $0.count == size })
                #expect(batches.allSatisfy { !$0.isEmpty })
            }
        }
    }

    @Test("Only queries that are kept are counted and handed on, in full batches.")
    func keeping() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("q.jsonl", (0..<40).map { Query(id: "q\($0)", text: "t").jsonLine() }.joined())
        let kept = Set((0..<40).filter { $0 % 3 == 1 }.map { "q\($0)" } + ["absent"])
        let file = try QueryFile(path, keeping: kept)
        #expect(file.count == 13)
        for size in [1, 4, 13, 100] {
            var batches: [[Query]] = []
            try file.forEachBatch(size) { batches.append($0) }
            #expect(batches.flatMap { $0 }.map(\.id) == (0..<13).map { "q\($0 * 3 + 1)" })
            #expect(batches.dropLast().allSatisfy { $0.count == size })
        }
        #expect(try QueryFile(path, keeping: []).count == 0)
    }

    @Test("What is wrong in the last line is thrown before a query is handed on; a reader hands on what came before.")
    func lateError() throws {
        let folder = try TemporaryFolder()
        let good = (0..<25).map { Query(id: "q\($0)", text: "t").jsonLine() }.joined()
        let path = try folder.write("q.jsonl", good + Query(id: "q3", text: "again").jsonLine() + "{}\n")
        let errors = try #require(throws: InputErrors.self) { try QueryFile(path) }
        #expect(errors.errors.map(\.line) == [26, 27])
        var seen = 0
        #expect(throws: InputErrors.self) { try QueryReader.read(path, batch: 10) { seen += $0.count } }
        #expect(seen == 20)
    }

    @Test("A pipe is read once and held.")
    func pipe() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let writer = Thread {
            let file = FileHandle(forWritingAtPath: path)
            try? file?.write(contentsOf: Data("1\tone\n2\ttwo\n".utf8))
            try? file?.close()
        }
        writer.start()
        let file = try QueryFile(path)
        for _ in 0..<2 {
            var ids: [String] = []
            try file.forEachBatch { ids += $0.map(\.id) }
            #expect(ids == ["1", "2"])
        }
    }

    @Test("Ids are found again with the line of the first, as a dictionary finds them.")
    func seenIdentifiers() {
        var random = SeededGenerator(seed: 20)
        let alphabet: [String] = ["a", "b", "é", "e\u{301}", "K", "\u{212A}", "日", "0", "1", "🍎"]
        var seen = SeenIdentifiers()
        var reference: [String: Int] = [:]
        for line in 1...6000 {
            let length = Int.random(in: 0...6, using: &random)
            var id = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }.joined()
            if line % 500 == 0 { id = String(repeating: id + "x", count: 60) }
            let expected = reference[id]
            if expected == nil { reference[id] = line }
            #expect(seen.insert(id, line: line) == expected, "seed \(random.seed), line \(line), \(id)")
        }
        #expect(seen.count == reference.count)
    }
}
