import DecoyTestSupport
import RetrievalData
import Testing

struct DatasetTests {
    @Test("A BEIR folder gives its corpus, queries, splits and judgements.")
    func beir() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "set/corpus.jsonl.zst", StoredArchives.zstd(Array(Document(id: "d1", text: "x").jsonLine().utf8)))
        try folder.write("set/queries.jsonl", (1...3).map { Query(id: "q\($0)", text: "t").jsonLine() }.joined())
        try folder.write("set/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq3\td1\t1\nq1\td1\t2\n")
        try folder.write(
            "set/qrels/dev.tsv.gz", StoredArchives.gzip(Array("query-id\tcorpus-id\tscore\nq9\td1\t1\n".utf8)))
        let set = try BEIRDataset(path: folder.path("set") + "/")
        #expect(set.name == "set")
        #expect(set.splits == ["dev", "test"])
        #expect(set.corpusPath == folder.path("set/corpus.jsonl.zst"))
        #expect(try CorpusReader.documents(set.path) == [Document(id: "d1", text: "x")])
        #expect(try set.queries().map(\.id) == ["q1", "q2", "q3"])
        #expect(try QueryReader.read(set.path) == set.queries())
        #expect(try set.qrels(split: "test")["q1"] == ["d1": 2])
        #expect(try set.queries(split: "test").map(\.id) == ["q1", "q3"])
        #expect(throws: InputErrors.self) { try set.queries(split: "dev") }
        let missing = try #require(throws: FileError.self) { try set.qrels(split: "train") }
        #expect(missing.description.contains("dev, test"))
    }

    @Test("A folder of texts is a dataset; an empty one, a file and a missing one are not.")
    func otherFolders() throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "Hello\n\nworld")
        let set = try BEIRDataset(path: folder.path("notes"))
        var documents: [Document] = []
        try set.documents { documents += $0 }
        #expect(documents == [Document(id: "a.txt", title: "Hello", text: "world")])
        #expect(throws: FileError.notFound(path: folder.path("notes/queries.jsonl"))) { try set.queries() }
        #expect(throws: InputErrors.self) { try BEIRDataset(path: folder.makeFolder("empty")) }
        #expect(throws: InputErrors.self) { try BEIRDataset(path: folder.path("notes/a.txt")) }
        #expect(throws: FileError.notFound(path: folder.path("none"))) { try BEIRDataset(path: folder.path("none")) }
    }

    @Test("Queries are read from JSON Lines and from tab-separated lines.")
    func queries() throws {
        let folder = try TemporaryFolder()
        let tsv = try folder.write("q.tsv", "1\twhat is it\n2\twhy\n")
        #expect(try QueryReader.read(tsv) == [Query(id: "1", text: "what is it"), Query(id: "2", text: "why")])
        let jsonl = try folder.write("q.jsonl", "{\"query_id\": 1, \"query\": \"what\", \"lang\": \"en\"}\n")
        #expect(try QueryReader.read(jsonl) == [Query(id: "1", text: "what", metadata: #"{"lang": "en"}"#)])
    }

    @Test("Judgements survive being written as BEIR and as TREC qrels.")
    func qrels() throws {
        var generator = SeededGenerator(seed: 12)
        var qrels = Qrels()
        for query in 0..<20 {
            for document in 0..<Int.random(in: 1...5, using: &generator) {
                qrels.judge(
                    query: "q\(query)", document: "d\(document)", grade: Int.random(in: -1...3, using: &generator))
            }
        }
        let folder = try TemporaryFolder()
        #expect(try QrelsReader.read(folder.write("a.tsv", qrels.beirLines())) == qrels)
        #expect(try QrelsReader.read(folder.write("a.qrels", qrels.trecLines())) == qrels)
        #expect(try QrelsReader.read(folder.write("marco.tsv", "1\t0\t7\t1\r\n")).relevant(to: "1") == ["7"])
    }
}
