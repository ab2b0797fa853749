import DecoyTestSupport
import DurableStorage
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("The Common Index File Format")
struct CIFFTests {
    /// The file of an index.
    private func exported(_ directory: any Directory) throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try CIFFExporter(IndexReader(directory: directory)).write(description: "test") { bytes += $0 }
        return bytes
    }

    /// An index made of a file's bytes.
    @discardableResult
    private func imported(_ bytes: [UInt8]) throws -> (directory: InMemoryDirectory, outcome: CIFFImporter.Outcome) {
        let folder = try TemporaryFolder()
        let file = try folder.write("index.ciff", bytes)
        let directory = InMemoryDirectory()
        return (directory, try CIFFImporter.build(file, in: directory, analyzer: .whitespace))
    }

    /// A message after its length.
    private func delimited(_ message: ByteWriter) -> [UInt8] {
        var bytes = ByteWriter()
        bytes.appendVarint(message.count)
        return bytes.bytes + message.bytes
    }

    /// A file of two documents; `change` may spoil its parts.
    private func file(
        _ change: (inout CIFFHeader, inout [CIFFList], inout [CIFFDocument]) -> Void = { _, _, _ in }
    ) -> [UInt8] {
        var header = CIFFHeader()
        (header.listCount, header.documentCount) = (2, 2)
        var lists = [
            CIFFList(term: Array("a".utf8), collectionFrequency: 3, documents: [0, 1], frequencies: [1, 2]),
            CIFFList(term: Array("b".utf8), collectionFrequency: 1, documents: [1], frequencies: [1]),
        ]
        var documents = [
            CIFFDocument(number: 0, id: "x", length: 1), CIFFDocument(number: 1, id: "y", length: 3),
        ]
        change(&header, &lists, &documents)
        return delimited(header.encoded()) + lists.flatMap { delimited($0.encoded()) }
            + documents.flatMap { delimited($0.encoded()) }
    }

    @Test("The bytes of a small index are those that the protobuf definition asks for.")
    func goldenBytes() throws {
        let directory = try TestIndex.build([Document(id: "x", text: "b"), Document(id: "y", text: "a b b")])
        let expected: [UInt8] =
            // version, lists, documents, both again, total length 4, average 2.0, description.
            [0x1B, 0x08, 1, 0x10, 2, 0x18, 2, 0x20, 2, 0x28, 2, 0x30, 4, 0x39, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x42, 4]
            + Array("test".utf8)
            // a: df 1, cf 1, document 1.
            + [0x0D, 0x0A, 1, 0x61, 0x10, 1, 0x18, 1, 0x22, 4, 0x08, 1, 0x10, 1]
            // b: df 2, cf 3, documents 0 and 0 + 1.
            + [0x11, 0x0A, 1, 0x62, 0x10, 2, 0x18, 3, 0x22, 2, 0x10, 1, 0x22, 4, 0x08, 1, 0x10, 2]
            + [0x05, 0x12, 1, 0x78, 0x18, 1] + [0x07, 0x08, 1, 0x12, 1, 0x79, 0x18, 3]
        #expect(try exported(directory) == expected)
    }

    @Test(
        "An index of several segments with deletions, exported and imported, gives the same scores bit for bit.",
        arguments: [UInt64(1), 2, 3, 4])
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let documents = TestIndex.documents(seed: seed, count: Int.random(in: 1...300, using: &random))
        let cut = Int.random(in: 0...documents.count, using: &random)
        let directory = try TestIndex.build(segments: [Array(documents[..<cut]), Array(documents[cut...])])
        let writer = try IndexWriter(opening: directory)
        try writer.delete(documents.map(\.id).filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
        _ = try writer.commit()
        let bytes = try exported(directory)
        let (copy, outcome) = try imported(bytes)
        #expect(outcome.differentLengths == 0 && outcome.description == "test")
        #expect(try IndexCheck.check(directory: copy).isSound)
        let (one, other) = (try IndexReader(directory: directory), try IndexReader(directory: copy))
        #expect(try one.documentIDs() == other.documentIDs())
        #expect(one.totalLength == other.totalLength && one.documentCount == other.documentCount)
        for _ in 0..<20 {
            let query = TestIndex.query(&random)
            #expect(
                try Searcher(reader: one).search(query, k: 20) == Searcher(reader: other).search(query, k: 20),
                "seed \(seed), query '\(query)'")
        }
        #expect(try exported(copy) == bytes, "seed \(seed)")
    }

    @Test("Unknown fields are skipped; rounded lengths give way to the sums of frequencies.")
    func tolerance() throws {
        var record = CIFFDocument(number: 1, id: "y", length: 2).encoded()
        record.append(field: 9, 7)
        record.append(field: 10, 0.5)
        record.append(field: 11, "new")
        let bytes = file { _, _, documents in documents.removeLast() } + delimited(record)
        let (directory, outcome) = try imported(bytes)
        #expect(outcome.differentLengths == 1 && outcome.summary.totalLength == 4)
        #expect(try IndexCheck.check(directory: directory).isSound)
        let later = try IndexWriter(opening: directory, change: .update)
        try later.add([Document(id: "x", text: "c a")])
        #expect(try later.commit().documentCount == 2)
        #expect(try Searcher(reader: IndexReader(directory: directory)).search("c", k: 5).map(\.id) == ["x"])
    }

    @Test("A header alone is an index without documents.")
    func empty() throws {
        let (directory, outcome) = try imported(delimited(CIFFHeader().encoded()))
        #expect(outcome.summary.documentCount == 0 && outcome.summary.termCount == 0)
        #expect(try IndexCheck.check(directory: directory).isSound)
        let reader = try IndexReader(directory: directory)
        #expect(try Searcher(reader: reader).search("a", k: 5).isEmpty)
        #expect(try exported(directory).count > 1)
    }

    private func message(_ bytes: [UInt8]) -> String {
        do {
            try imported(bytes)
            return "accepted"
        } catch let error as InputErrors {
            return error.description
        } catch {
            return "no input error: \(error)"
        }
    }

    @Test("What breaks the rules is an input error that names the file, the message and the cause.")
    func faults() {
        func expect(
            _ part: String, _ change: (inout CIFFHeader, inout [CIFFList], inout [CIFFDocument]) -> Void
        ) {
            let text = message(file(change))
            #expect(text.contains("index.ciff: ") && text.contains(part), "\(text)")
        }
        #expect(message(file()) == "accepted")
        expect("message 1 (header): version 2") { header, _, _ in header.version = 2 }
        expect("holds 2 of 9 lists") { header, _, _ in header.totalListCount = 9 }
        expect("message 2 (posting list): document 0 stands twice") { _, lists, _ in lists[0].documents = [0, 0] }
        expect("message 2 (posting list): tf is 0") { _, lists, _ in lists[0].frequencies[1] = 0 }
        expect("message 2 (posting list): document 2 of the list of 'a' is not below 2") { _, lists, _ in
            lists[0].documents[1] = 2
        }
        expect("message 3 (posting list): a term has 256 bytes") { _, lists, _ in
            lists[1].term = Array(repeating: 0x62, count: 256)
        }
        expect("message 3 (posting list): its term 'a' does not follow 'a'") { _, lists, _ in lists[1].term = [0x61] }
        expect("message 3 (posting list): term is not UTF-8") { _, lists, _ in lists[1].term = [0xFF] }
        expect("a term has 0 bytes") { _, lists, _ in lists[0].term = [] }
        expect("message 5 (document record): docid 0 stands where 1 is due") { _, _, documents in
            documents[1].number = 0
        }
        expect("message 4 (document record): collection_docid is empty") { _, _, documents in documents[0].id = "" }
        expect("holds white space") { _, _, documents in documents[0].id = "a b" }
        expect("holds white space or control") { _, _, documents in documents[0].id = "a\u{9F}" }
        expect("has the id 'x'") { _, _, documents in documents[1].id = "x" }
        expect("the file ends within it") { header, _, _ in header.documentCount = 3 }
        expect("there are bytes after the 4 messages") { header, _, _ in
            header.documentCount = 1; header.listCount = 2
        }
        var list = ByteWriter()
        list.append(field: 1, "a")
        list.append(field: 2, 2)
        #expect(
            message(
                file { header, lists, _ in
                    header.listCount = 3; lists = []
                } + []
            ).contains("index.ciff: message"))
        var header = CIFFHeader()
        (header.listCount, header.documentCount) = (1, 0)
        #expect(message(delimited(header.encoded()) + delimited(list)).contains("df of 'a' is 2, and there are 0"))
        var negative = ByteWriter()
        negative.append(field: 1, "a")
        negative.append(field: 2, 1)
        // tf −1 as an int32 has ten bytes.
        negative.append([0x22, 11, 0x10] + [UInt8](repeating: 0xFF, count: 9) + [1])
        #expect(message(delimited(header.encoded()) + delimited(negative)).contains("tf is -1"))
        let long: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        #expect(message(long).contains("message 1 (header): its length is no 31-bit number"))
        #expect(message([0xFF, 0xFF, 0xFF, 0xFF, 0x07]).contains("the file ends within it"))
    }

    @Test("A file that is cut short or has a changed byte is refused or read, and never traps.")
    func damage() throws {
        let whole = file()
        for end in 0..<whole.count {
            let text = message(Array(whole[..<end]))
            #expect(text.contains("index.ciff: "), "cut at \(end): \(text)")
        }
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            var bytes = whole
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            let text = message(bytes)
            #expect(text == "accepted" || text.contains("index.ciff"), "\(bytes): \(text)")
        }
    }

    @Test("An index with fields is not exported.")
    func fields() throws {
        let options = IndexOptions(analyzer: .whitespace, fields: try FieldWeights(parsing: "title=2,text=1"))
        let directory = try TestIndex.build([Document(id: "x", text: "b")], options: options)
        let reader = try IndexReader(directory: directory)
        #expect(throws: InputError.self) { try CIFFExporter(reader) }
    }
}
