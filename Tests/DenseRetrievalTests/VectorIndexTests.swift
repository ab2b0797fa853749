import DecoyTestSupport
import DurableStorage
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Vector folders and dense retrieval")
struct VectorIndexTests {
    private let task = ToyTask(subjects: 60, seed: 12)
    private let model: DualEncoder

    init() throws { model = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options()) }

    private func write(_ path: String, threads: Int, batch: Int) throws -> VectorRecord {
        let writer = try VectorIndexWriter(path: path, model: model)
        var start = 0
        while start < task.documents.count {
            try writer.add(Array(task.documents[start..<min(start + batch, task.documents.count)]), threads: threads)
            start += batch
        }
        return try writer.finish()
    }

    @Test("A vector folder finds what a search in memory and sorting all cosines find, on any number of threads.")
    func equalsNaive() throws {
        let folder = try TemporaryFolder()
        let record = try write(folder.path("v"), threads: 2, batch: 7)
        #expect(record.rows == 60 && record.dimension == 12)
        let index = try FlatVectorIndex(path: folder.path("v"))
        try index.verify()
        let memory = try FlatVectorIndex(task.documents, model: model, threads: 2)
        #expect(index.documentIDs == task.documents.map(\.id))
        let queries = task.queries
        for k in [0, 1, 10, 100] {
            for threads in [1, 3] {
                let retriever = try DenseRetriever(model: model, index: index, threads: threads)
                let run = try retriever.run(queries, k: k)
                #expect(try run == DenseRetriever(model: model, index: memory).run(queries, k: k))
                for (query, ranking) in zip(queries, run.rankings) {
                    let scores = try retriever.scores(of: index.documentIDs, for: query).map { $0 ?? -9 }
                    let all = zip(index.documentIDs, scores).map { ScoredDocument(id: $0.0, score: $0.1) }
                    #expect(ranking.documents == Array(Ranking(queryID: "", sorting: all).documents.prefix(k)))
                }
            }
        }
        // Scores are cosines.
        let query = model.queryEncoder.encode([queries[0].text])[0].map(Double.init)
        let document = try #require(index.vector(of: "d3")).map(Double.init)
        let cosine = zip(query, document).reduce(0) { $0 + $1.0 * $1.1 }
        let given = try DenseRetriever(model: model, index: index).scores(of: ["d3", "nowhere"], for: queries[0])
        #expect(abs((given[0] ?? 9) - cosine) < 1e-6 && given[1] == nil)
    }

    @Test("The neighbors of a document are all others by the product with its vector, sorted.")
    func neighbors() throws {
        let index = try FlatVectorIndex(task.documents, model: model, threads: 2)
        let retriever = try DenseRetriever(model: model, index: index, threads: 2)
        for id in ["d0", "d3", "d59"] {
            let vector = try #require(index.vector(of: id))
            let all = index.search([vector], k: index.count)[0].filter { $0.id != id }
            for k in [0, 1, 10, 100] { #expect(retriever.neighbors(of: id, k: k) == Array(all.prefix(k))) }
        }
        #expect(retriever.neighbors(of: "nowhere", k: 3) == nil)
    }

    @Test("Equal documents give equal bytes, whatever the batches and threads.")
    func sameBytes() throws {
        let folder = try TemporaryFolder()
        _ = try write(folder.path("a"), threads: 1, batch: 100)
        _ = try write(folder.path("b"), threads: 3, batch: 9)
        let names = try folder.files()
        #expect(names.filter { $0.hasPrefix("a/") }.count == 3)
        for name in names.filter({ $0.hasPrefix("a/") }).map({ $0.dropFirst(2) }) {
            #expect(try folder.bytes("a/" + name) == folder.bytes("b/" + name), "\(name)")
        }
    }

    @Test("Vectors of another model, changed bytes and cut files are found.")
    func damage() throws {
        let folder = try TemporaryFolder()
        _ = try write(folder.path("v"), threads: 1, batch: 100)
        let other = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options { $0.seed = 2 })
        let index = try FlatVectorIndex(path: folder.path("v"))
        #expect(throws: StorageError.self) { try DenseRetriever(model: other, index: index) }
        for name in ["vectors.safetensors", "ids.txt"] {
            let good = try folder.bytes("v/" + name)
            try folder.write("v/" + name, Array(good.dropLast(3)))
            #expect(throws: StorageError.self) { try FlatVectorIndex(path: folder.path("v")) }
            var bad = good
            bad[bad.count - 2] ^= 1
            try folder.write("v/" + name, bad)
            #expect(throws: StorageError.self) { try FlatVectorIndex(path: folder.path("v")).verify() }
            try folder.write("v/" + name, good)
        }
    }

    @Test("An id that comes twice or cannot stand on a line is an error, and nothing is left.")
    func ids() throws {
        let folder = try TemporaryFolder()
        for bad in [["a", "b", "a"], ["a", ""], ["a\nb"]] {
            #expect(throws: InputError.self) {
                let writer = try VectorIndexWriter(path: folder.path("v"), model: model)
                for id in bad { try writer.add([Document(id: id, text: "abc")]) }
                _ = try writer.finish()
            }
            #expect(try folder.files().isEmpty)
        }
        #expect(throws: InputError.self) {
            try FlatVectorIndex([Document(id: "a", text: ""), Document(id: "a", text: "")], model: model)
        }
    }
}
