import DecoyTestSupport
import Testing

@testable import RetrievalData

struct CorpusReaderTests {
    private func read(_ name: String, _ text: String, format: CorpusFormat = .auto) throws -> [Document] {
        let folder = try TemporaryFolder()
        return try CorpusReader.documents(folder.write(name, text), format: format)
    }

    @Test("BEIR's, Anserini's and Tevatron's field names are understood; other fields are kept.")
    func jsonNames() throws {
        let documents = try read(
            "c.jsonl",
            """
            {"_id": "a", "title": "T", "text": "x", "metadata": {}}
            {"id": 17, "contents": "y", "url": "u", "n": 1.5}

            {"docid": "c", "title": null, "text": "z"}
            {"doc_id": "d", "document_text": "w", "_id": "e", "metadata": {"k": [1, 2]}}
            """)
        #expect(
            documents == [
                Document(id: "a", title: "T", text: "x"),
                Document(id: "17", text: "y", metadata: #"{"url": "u", "n": 1.5}"#),
                Document(id: "c", text: "z"),
                Document(id: "e", text: "w", metadata: #"{"doc_id": "d", "metadata": {"k":[1,2]}}"#),
            ])
    }

    @Test("Batches have the size asked for and keep the order.")
    func batches() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("c.jsonl", (0..<10).map { Document(id: "d\($0)", text: "t").jsonLine() }.joined())
        var sizes: [Int] = []
        var ids: [String] = []
        try CorpusReader.read(path, batch: 4) {
            sizes.append($0.count)
            ids += $0.map(\.id)
        }
        #expect(sizes == [4, 4, 2])
        #expect(ids == (0..<10).map { "d\($0)" })
    }

    @Test("TSV has two or three columns, and a header line is known by its names.")
    func tsv() throws {
        #expect(
            try read("c.tsv", "0\tThe \"first\" one\r\n1\t\n") == [
                Document(id: "0", text: "The \"first\" one"), Document(id: "1", text: ""),
            ])
        #expect(
            try read("c.tsv", "docid\ttitle\ttext\nd1\tA\tB\nd2\t\tC\n")
                == [Document(id: "d1", title: "A", text: "B"), Document(id: "d2", text: "C")])
        #expect(try read("unknown", "d1\ttext\n") == [Document(id: "d1", text: "text")])
    }

    @Test("CSV cells may hold commas, quotes and line ends; other columns become metadata.")
    func csv() throws {
        let text = "Title,id,text,Lang\r\n\"A, B\",d1,\"say \"\"hi\"\"\r\ntwice\",en\r\n\r\n,d2,,\"\"\r\n"
        #expect(
            try read("c.csv", text) == [
                Document(id: "d1", title: "A, B", text: "say \"hi\"\r\ntwice", metadata: #"{"Lang": "en"}"#),
                Document(id: "d2", text: "", metadata: #"{"Lang": ""}"#),
            ])
    }

    @Test("Random tables survive being written as CSV.")
    func csvRoundTrip() throws {
        var generator = SeededGenerator(seed: 8)
        let pieces = ["a", "ü", ",", "\"", "\n", "\r\n", " ", "\t", ""]
        var expected: [Document] = []
        var text = "_id,title,text\n"
        for number in 0..<100 {
            func cell() -> String { (0..<6).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined() }
            let document = Document(id: "d\(number)", title: cell(), text: cell())
            expected.append(document)
            text +=
                [document.id, document.title, document.text]
                .map {
                    "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
                }
                .joined(separator: ",") + "\n"
        }
        #expect(try read("c.csv", text) == expected, "seed \(generator.seed)")
    }

    @Test("TREC documents give id, title, texts without tags, and the rest as metadata.")
    func trec() throws {
        let text = """
            <DOC>
            <DOCNO> AP-1 </DOCNO>
            <!-- a comment -->
            <HEAD>Bread &amp; butter</HEAD>
            <DATE>1988</DATE>
            <TEXT>
            One <b>bold</b> word, 1 < 2.
            </TEXT>
            <text>Two&#33;</text>
            </DOC>
            <doc><docno>AP-2</docno><text></text></doc> <DOC><DOCNO>AP-3</DOCNO><TEXT>three</TEXT></DOC>
            """
        #expect(
            try read("c.trec", text) == [
                Document(
                    id: "AP-1", title: "Bread & butter", text: "One  bold  word, 1 < 2.\nTwo!",
                    metadata: #"{"date": "1988"}"#),
                Document(id: "AP-2", text: ""), Document(id: "AP-3", text: "three"),
            ])
        #expect(try read("unknown", text).count == 3)
    }

    @Test("A folder of text files is read in byte order with relative paths as ids.")
    func textFolder() throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/b.md", "# Heading ##\n\nBody\n")
        try folder.write("notes/a file.txt", "No title here, just a sentence.\nAnd more.\n")
        try folder.write("notes/B/z.txt", "A title\n\nText below\n")
        try folder.write("notes/B/under.txt", "A title\n=======\nText below\n")
        try folder.write("notes/empty.txt", "")
        try folder.write("notes/.hidden.txt", "x")
        try folder.write("notes/image.png", [0, 1, 2])
        let documents = try CorpusReader.documents(folder.path("notes"))
        #expect(
            documents == [
                Document(id: "B/under.txt", title: "A title", text: "Text below"),
                Document(id: "B/z.txt", title: "A title", text: "Text below"),
                Document(id: "a%20file.txt", title: "a file", text: "No title here, just a sentence.\nAnd more."),
                Document(id: "b.md", title: "Heading ##", text: "Body"),
                Document(id: "empty.txt", title: "empty", text: ""),
            ])
        try folder.write("notes/bad.txt", [65, 10, 0xFF, 10])
        let errors = try #require(throws: InputErrors.self) { try CorpusReader.documents(folder.path("notes")) }
        #expect(errors.errors.map(\.source) == [folder.path("notes") + "/bad.txt"])
        #expect(errors.errors.map(\.line) == [2])
    }

    @Test("Documents survive being written as BEIR lines, plain and compressed.")
    func roundTrip() throws {
        var text = RandomText(seed: 9)
        var documents = text.documents(50)
        documents.append(
            Document(id: "ü\\\"", title: "\u{1}\n", text: "tab\tand \u{0}", metadata: #"{"a": [1,"x"], "b": null}"#))
        let lines = documents.map { $0.jsonLine() }.joined()
        let folder = try TemporaryFolder()
        #expect(try CorpusReader.documents(folder.write("c.jsonl", lines)) == documents)
        #expect(
            try CorpusReader.documents(folder.write("c.jsonl.gz", StoredArchives.gzip(Array(lines.utf8)))) == documents)
        #expect(
            try CorpusReader.documents(folder.write("c.jsonl.zst", StoredArchives.zstd(Array(lines.utf8)))) == documents
        )
    }

    @Test("Cutting or changing bytes of any format gives documents or input errors, never a trap.")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 10)
        let folder = try TemporaryFolder()
        let samples = [
            ("c.csv", "id,title,text\nd1,\"a\"\"b\",c\nd2,\"x\ny\",z\n"), ("c.tsv", "d1\ta\tb\nd2\tc\td\n"),
            ("c.trec", "<DOC><DOCNO>d1</DOCNO><T a=1>x</T><TEXT>a &amp; <b>c</b> &#65;</TEXT></DOC>\n<DOC></DOC>"),
        ]
        for (name, text) in samples {
            for _ in 0..<120 {
                var bytes = Array(text.utf8)
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    if Bool.random(using: &generator) {
                        bytes[place] =
                            [0, 10, 13, 34, 38, 44, 47, 60, 62, 195, 255].randomElement(using: &generator) ?? 0
                    } else {
                        bytes.removeSubrange(place..<min(place + 4, bytes.count))
                        if bytes.isEmpty { bytes = [60] }
                    }
                }
                let path = try folder.write(name, bytes)
                do {
                    _ = try CorpusReader.documents(path)
                } catch is InputErrors {}
            }
        }
    }
}
