import DecoyTestSupport
import DurableStorage
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Filters on metadata")
struct FilterTests {
    /// Documents with the records that their metadata spell.
    private struct Corpus {
        var documents: [Document] = []
        var records: [String: MetadataTree] = [:]

        mutating func put(_ document: Document, _ record: MetadataTree) {
            documents.removeAll { $0.id == document.id }
            documents.append(document)
            records[document.id] = record
        }
    }

    private func fresh(_ count: Int, prefix: String, _ maker: inout RandomMetadata) -> [(Document, MetadataTree)] {
        TestIndex.documents(seed: maker.random.next(), count: count).enumerated().map { number, document in
            let record = maker.record()
            var fields: Bool { if case .object(let fields) = record { !fields.isEmpty } else { false } }
            return (
                Document(
                    id: "\(prefix)\(number)", title: document.title, text: document.text,
                    metadata: fields || maker.chance(2) ? record.json(&maker.random) : nil), record
            )
        }
    }

    /// Compares searches of every strategy, ids and scores with the naive ranking without the documents that do not match.
    private func compare(
        _ directory: InMemoryDirectory, _ corpus: Corpus, rounds: Int, _ maker: inout RandomMetadata, _ note: String
    ) throws -> Int {
        let reader = try IndexReader(directory: directory)
        let reference = try NaiveBM25(corpus.documents, analyzer: .whitespace)
        let records = corpus.documents.map { corpus.records[$0.id] ?? .null }
        var answered = 0
        for _ in 0..<rounds {
            let condition = maker.condition(depth: 0)
            let text = maker.text(condition)
            let note = "\(note), filter \(text)"
            let filter = try MetadataFilter(text)
            #expect(try MetadataFilter(filter.description) == filter, "\(note)")
            var searcher = try Searcher(reader: reader)
            if condition.isRefused(records) {
                #expect(throws: FilterError.self, "\(note)") { try searcher.restricted(to: filter) }
                continue
            }
            answered += 1
            let whole = searcher
            searcher = try searcher.restricted(to: filter)
            let ids = zip(corpus.documents, records).filter { condition.isTrue($1) }.map(\.0.id)
            #expect(try searcher.documentIDs() == ids, "\(note)")
            let permitted = Set(ids)
            let query = TestIndex.query(&maker.random)
            let k = maker.pick([1, 3, 1000])
            let ranking = reference.search(query, k: .max)
            let expected = Array(ranking.filter { permitted.contains($0.id) }.prefix(k))
            for strategy in EvaluationStrategy.allCases {
                searcher.strategy = strategy
                searcher.tuning.windowBits = maker.pick([5, 6, nil])
                let found = try searcher.search(query, k: k)
                #expect(found.map(\.id) == expected.map(\.id), "\(note), '\(query)', k \(k), \(strategy)")
                #expect(found.map(\.score.bitPattern) == expected.map(\.score.bitPattern), "\(note), '\(query)'")
            }
            let question = Query(id: "q", text: query)
            let some = corpus.documents.prefix(12).map(\.id) + ["missing"]
            let scores = try whole.scores(of: some, for: question)
            #expect(
                try searcher.scores(of: some, for: question)
                    == zip(some, scores).map { permitted.contains($0) ? $1 : nil }, "\(note)")
        }
        return answered
    }

    @Test(
        "Hits are the naive ranking without the documents that do not match, through appends, updates, deletions and merges."
    )
    func random() throws {
        var answered = 0
        for seed in 1...8 as ClosedRange<UInt64> {
            var maker = RandomMetadata(random: SeededGenerator(seed: seed))
            var corpus = Corpus()
            for (document, record) in fresh(40, prefix: "d", &maker) { corpus.put(document, record) }
            let directory = try TestIndex.build(corpus.documents)
            for round in 0..<6 {
                let note = "seed \(seed), round \(round)"
                answered += try compare(directory, corpus, rounds: 12, &maker, note)
                let writer = try IndexWriter(opening: directory, change: .update, threads: 2, memory: 1)
                var gone: Set<String> = []
                if round % 3 == 1 { gone = Set(corpus.documents.filter { _ in maker.chance(4) }.map(\.id)) }
                try writer.delete(gone.sorted())
                corpus.documents.removeAll { gone.contains($0.id) }
                if round % 3 != 2 {
                    let added = fresh(9, prefix: maker.chance(2) ? "d" : "r\(round)-", &maker)
                    try writer.add(added.map(\.0))
                    for (document, record) in added { corpus.put(document, record) }
                } else {
                    writer.compact()
                }
                _ = try writer.commit()
                let report = try IndexCheck.check(directory: directory)
                #expect(report.isSound, "\(note): \(report.problems)")
            }
            answered += try compare(directory, corpus, rounds: 12, &maker, "seed \(seed), end")
            try compareKeys(directory, corpus, "seed \(seed)")
        }
        #expect(answered > 250, "\(answered)")
    }

    private func compareKeys(_ directory: InMemoryDirectory, _ corpus: Corpus, _ note: String) throws {
        let keys = try IndexReader(directory: directory).metadataKeys()
        #expect(keys.map(\.name) == keys.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for name in RandomMetadata.keys {
            let values = corpus.documents.map { corpus.records[$0.id]?.values(under: name) ?? [] }
            func count(_ isKind: (MetadataTree) -> Bool) -> Int { values.count { $0.contains(where: isKind) } }
            let key = keys.first { $0.name == name }
            #expect(key?.documents ?? 0 == values.count { !$0.isEmpty }, "\(note), \(name)")
            #expect(key?.numbers ?? 0 == count { if case .number = $0 { true } else { false } }, "\(note), \(name)")
            #expect(key?.strings ?? 0 == count { if case .string = $0 { true } else { false } }, "\(note), \(name)")
            #expect(key?.booleans ?? 0 == count { if case .boolean = $0 { true } else { false } }, "\(note), \(name)")
        }
    }

    @Test("Long lists of documents are answered as short ones, where bitmaps take the place of gaps.")
    func longLists() throws {
        var text = RandomText(seed: 3, vocabularySize: 20)
        var documents = text.documents(700, words: 1...9)
        for number in documents.indices {
            documents[number].metadata =
                #"{"n": \#(number), "half": \#(number % 2), "id": "x\#(number)", "big": \#(number >= 500)}"#
        }
        let reader = try IndexReader(directory: TestIndex.build(documents))
        func count(_ filter: String) throws -> Int {
            try Searcher(reader: reader).restricted(to: MetadataFilter(filter)).documentIDs().count
        }
        #expect(try count("n >= 100 and n < 117") == 17)
        #expect(try count("n > -1e9") == 700 && count("n < -1") == 0 && count("n = 699") == 1)
        #expect(try count("half = 1") == 350 && count("half != 1") == 350 && count("not half = 1") == 350)
        #expect(try count("id >= x690 and id <= x699") == 10)
        #expect(try count("id in (x1, x2, x700, x699)") == 3)
        #expect(try count("big = true or half = 0") == 350 + 100)
        #expect(try count("exists n") == 700)
    }

    @Test("A restricted searcher can be restricted further; statistics and explanations stay those of the whole.")
    func narrowing() throws {
        let documents = (0..<6).map {
            Document(id: "d\($0)", text: "x", metadata: #"{"a": \#($0 % 2), "metadata": {"b": \#($0 % 3)}}"#)
        }
        let searcher = try Searcher(reader: IndexReader(directory: TestIndex.build(documents)))
        let odd = try searcher.restricted(to: MetadataFilter("a = 1"))
        let one = try odd.restricted(to: MetadataFilter("b = 2"))
        #expect(try odd.search("x", k: 9).map(\.id) == ["d5", "d3", "d1"])
        #expect(try one.search("x", k: 9) == searcher.search("x", k: 9).filter { $0.id == "d5" })
        #expect(try one.document("d0")?.id == "d0")
        #expect(try one.explain("x", document: "d0")?.score == searcher.search("x", k: 1)[0].score)
    }

    @Test("Unknown keys, kinds that cannot be compared and strings without order are refused with what to do.")
    func refusals() throws {
        let long = String(repeating: "z", count: 256)
        let documents = [
            Document(id: "a", text: "x", metadata: #"{"year": 2020, "date": "2020-01-05", "long": "\#(long)"}"#),
            Document(id: "b", text: "x"),
        ]
        let searcher = try Searcher(reader: IndexReader(directory: TestIndex.build(documents)))
        func message(_ filter: String) -> String {
            do {
                _ = try searcher.restricted(to: MetadataFilter(filter))
                return ""
            } catch { return "\(error)" }
        }
        #expect(message("yaer = 2020").contains("no key") || message("yaer = 2020").contains("has the key 'yaer'"))
        #expect(message("not yaer = 2020").contains("known keys: date, long, year"))
        #expect(message("date >= 2020").contains("put the value in quotes"))
        #expect(message("year >= '2020'").contains("without quotes"))
        #expect(message("year = true") != "" && message("year in (2020, x)") != "")
        #expect(message("long > a").contains("no order"))
        #expect(message("long = a") == "" && message("long != a") == "" && message("exists long") == "")
        #expect(try searcher.restricted(to: MetadataFilter("long != a")).documentIDs() == ["a"])
        #expect(try searcher.restricted(to: MetadataFilter("long = a")).documentIDs() == [])
        let without = try Searcher(reader: IndexReader(directory: TestIndex.build([Document(id: "b", text: "x")])))
        #expect(throws: FilterError.self) { try without.restricted(to: MetadataFilter("exists a")) }
    }

    @Test("A segment that was written before there were filters refuses them, also beside and merged with new ones.")
    func oldSegments() throws {
        let directory = try TestIndex.build([Document(id: "a", text: "x", metadata: #"{"year": 1}"#)])
        var manifest = try Manifest.read(from: directory)
        manifest.segments[0].columns = nil
        manifest.segments[0].metadataCount = nil
        try manifest.commit(to: directory)
        for round in 0..<3 {
            let reader = try IndexReader(directory: directory)
            #expect(!reader.hasMetadataColumns)
            #expect(throws: SearchError.self) {
                try Searcher(reader: reader).restricted(to: MetadataFilter("not year = 1"))
            }
            #expect(try IndexCheck.check(directory: directory).isSound)
            let writer = try IndexWriter(opening: directory)
            try writer.add([Document(id: "n\(round)", text: "x", metadata: #"{"year": 2}"#)])
            if round == 1 { writer.compact() }
            _ = try writer.commit()
        }
    }
}
