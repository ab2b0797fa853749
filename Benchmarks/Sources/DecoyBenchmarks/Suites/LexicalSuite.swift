import Decoy

/// Index build, search and batches, one thread.
enum LexicalSuite {
    static func benchmarks(_ input: BenchmarkInput, _ folder: ScratchFolder) throws -> [Benchmark] {
        let path = folder.path + "/lexical"
        func build() throws -> Int {
            let writer = try IndexWriter(path: path, overwrite: true)
            var start = 0
            while start < input.documents.count {
                let end = min(start + 1024, input.documents.count)
                try writer.add(Array(input.documents[start..<end]))
                start = end
            }
            return try writer.commit().documentCount
        }
        var benchmarks = [Benchmark(name: "index build", unit: "MB", amount: input.megabytes, run: build)]
        _ = try build()
        let searcher = try Searcher(reader: IndexReader(path: path))
        for k in [10, 1000] {
            benchmarks.append(
                Benchmark(name: "search, top \(k)", unit: "queries", amount: Double(input.queries.count)) {
                    try input.queries.reduce(0) { $0 + (try searcher.search($1.text, k: k).count) }
                })
        }
        benchmarks.append(
            Benchmark(name: "mining candidates, top 200", unit: "queries", amount: Double(input.queries.count)) {
                var hits = 0
                try searcher.retrieve(input.queries, k: 200) { hits += $0.documents.count }
                return hits
            })
        return benchmarks
    }
}
