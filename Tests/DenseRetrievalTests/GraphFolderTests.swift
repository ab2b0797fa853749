import DecoyTestSupport
import DurableStorage
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Vectors with a graph")
struct GraphFolderTests {
    private let task = ToyTask(subjects: 90, seed: 12)
    private let model: DualEncoder

    init() throws { model = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options()) }

    @discardableResult
    private func write(
        _ documents: [Document], _ path: String, _ precision: VectorPrecision = .f32, links: Int = 4
    ) throws -> VectorRecord {
        let writer = try VectorIndexWriter(
            path: path, model: model, precision: precision, graph: GraphRecord(links: links, buildBreadth: 30))
        try writer.add(documents)
        return try writer.finish()
    }

    @Test("A search along the graph finds with the scores of exact search, and with all in sight the same.")
    func search() throws {
        let folder = try TemporaryFolder()
        for precision in [VectorPrecision.f32, .f16] {
            let path = folder.path(precision.rawValue)
            let record = try write(task.documents, path, precision)
            let index = try FlatVectorIndex(path: path)
            try index.verify()
            #expect(index.record == record && index.hasGraph && record.files.count == 3)
            let exact = try DenseRetriever(model: model, index: index, method: .exact).run(task.queries, k: 10)
            let wide = try DenseRetriever(model: model, index: index, method: .graph(breadth: 90))
                .run(task.queries, k: 10)
            #expect(wide == exact)
            let narrow = try DenseRetriever(model: model, index: index, threads: 2, method: .graph(breadth: 1))
                .run(task.queries, k: 10)
            let scores = try exact.rankings.map { ranking in
                try DenseRetriever(model: model, index: index).scores(
                    of: narrow.rankings.first { $0.queryID == ranking.queryID }?.documents.map(\.id) ?? [],
                    for: try #require(task.queries.first { $0.id == ranking.queryID }))
            }
            #expect(scores == narrow.rankings.map { $0.documents.map(\.score) })
            let recall = try #require(index.graphRecall(queries: 50))
            #expect(recall.queries == 50 && recall.recallAt10 > 0.9 && recall.recallAt10 <= 1)
            #expect(recall == index.graphRecall(queries: 50, threads: 3))
        }
    }

    @Test("A change builds the graph anew: the bytes are those of all documents at once.")
    func changes() throws {
        let folder = try TemporaryFolder()
        var documents = task.documents
        try write(Array(documents[..<50]), folder.path("parts"))
        let writer = try VectorIndexWriter(opening: folder.path("parts"), change: .append, model: model)
        try writer.add(Array(documents[50...]))
        var told = 0
        _ = try writer.finish { told = $0 }
        #expect(told == 90)
        try write(documents, folder.path("all"))
        documents[3].text = "zzz"
        let update = try VectorIndexWriter(opening: folder.path("all"), change: .update, model: model)
        try update.add([documents[3]])
        _ = try update.finish()
        try write(documents, folder.path("changed"))
        try write(task.documents, folder.path("again"))
        for name in ["vectors.safetensors", "graph.safetensors", "ids.txt", "decoy.json"] {
            #expect(try folder.bytes("parts/" + name) == folder.bytes("again/" + name), "\(name)")
            #expect(try folder.bytes("all/" + name) == folder.bytes("changed/" + name), "\(name)")
        }
    }

    @Test("Folders of no and of one vector have a graph too.", arguments: [0, 1])
    func small(count: Int) throws {
        let folder = try TemporaryFolder()
        try write(Array(task.documents[..<count]), folder.path("v"))
        let index = try FlatVectorIndex(path: folder.path("v"))
        try index.verify()
        let run = try DenseRetriever(model: model, index: index).run(Array(task.queries[..<2]), k: 5)
        #expect(run.rankings.map(\.documents.count) == [count, count])
        #expect((index.graphRecall() == nil) == (count == 0))
    }

    @Test("A graph that cannot be made is refused, and nothing stays.")
    func refused() throws {
        let folder = try TemporaryFolder()
        for links in [1, 513] {
            #expect(throws: StorageError.self) { try write([], folder.path("v"), links: links) }
        }
        #expect(throws: StorageError.self) { try write([], folder.path("v"), .i8) }
        #expect(try folder.files().isEmpty)
    }

    @Test("Cut or changed bytes of a graph, and links out of the rows with a true checksum, are errors, never a trap.")
    func hostileFiles() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let record = try write(Array(task.documents[..<40]), folder.path("v"))
        let good = try folder.bytes("v/graph.safetensors")
        let text = String(decoding: try folder.bytes("v/decoy.json"), as: UTF8.self)
        let sum = try #require(record.files["graph.safetensors"]?.crc32c)
        var refused = 0
        for round in 0..<150 {
            var bad = good
            let place = Int.random(in: 0..<good.count, using: &generator)
            if round < 20 {
                bad = Array(good.prefix(place))
            } else {
                bad[place] ^= UInt8.random(in: 1...255, using: &generator)
            }
            try folder.write("v/graph.safetensors", bad)
            try folder.write("v/decoy.json", text)
            #expect(throws: StorageError.self, "seed \(seed)") { _ = try FlatVectorIndex(path: folder.path("v")) }
            guard round >= 20 else { continue }
            // The same with the checksum that belongs to the bytes.
            let real = FileRecord.hexadecimal(CRC32C.checksum(bad))
            try folder.write("v/decoy.json", text.replacing(sum, with: real))
            do {
                let index = try FlatVectorIndex(path: folder.path("v"))
                let run = try DenseRetriever(model: model, index: index, method: .graph(breadth: 3))
                    .run(Array(task.queries[..<3]), k: 3)
                #expect(run.rankings.allSatisfy { $0.documents.count == 3 }, "seed \(seed)")
            } catch is StorageError { refused += 1 }
        }
        #expect(refused > 50, "seed \(seed)")
        try folder.write("v/graph.safetensors", good)
        for (from, to) in [
            ("\"entry\" : \(record.graph?.entry ?? 0)", "\"entry\" : 40"), ("\"links\" : 4", "\"links\" : 5"),
            ("\"links\" : 4", "\"links\" : -4"), ("\"buildBreadth\" : 30", "\"buildBreadth\" : 0"),
            ("\"upperLists\" : \(record.graph?.upperLists ?? 0)", "\"upperLists\" : 4000000000"),
        ] {
            #expect(text.contains(from))
            try folder.write("v/decoy.json", text.replacing(from, with: to))
            #expect(throws: StorageError.self, "\(to)") { _ = try FlatVectorIndex(path: folder.path("v")) }
        }
    }
}
