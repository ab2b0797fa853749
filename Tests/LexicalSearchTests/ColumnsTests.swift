import DecoyTestSupport
import DurableStorage
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Columns of metadata")
struct ColumnsTests {
    private func keys(_ metadata: String) throws -> [String: [String]] {
        var reader = MetadataReader()
        try reader.read(metadata)
        var keys: [String: [String]] = [:]
        for value in reader.values {
            let bytes = Array(reader.storage[value.bytes])
            let text =
                switch value.kind {
                case .boolean: bytes == [1] ? "true" : "false"
                case .number: bytes.withUnsafeBytes { "\(MetadataKind.number(of: $0) ?? .nan)" }
                case .string: "'" + String(decoding: bytes, as: UTF8.self) + "'"
                case .longString: "long"
                }
            keys[String(decoding: reader.storage[value.key], as: UTF8.self), default: []].append(text)
        }
        return keys
    }

    @Test("Metadata are read into keys and values: paths, arrays, BEIR's object, nulls, escapes.")
    func reading() throws {
        #expect(
            try keys(#" {"a": 1, "b": [true, null, ["x", -0.0]], "c": {"d": {"e": "f"}}} "#) == [
                "a": ["1.0"], "b": ["true", "'x'", "0.0"], "c.d.e": ["'f'"],
            ])
        #expect(
            try keys(#"{"metadata": {"a": 1, "b": {"c": 2}, "d": 3}, "b": 4, "d": null}"#) == [
                "a": ["1.0"], "b": ["4.0"], "d": ["3.0"],
            ])
        #expect(try keys(#"{"metadata": [{"a": 1}, {"a": 2}], "x": []}"#) == ["metadata.a": ["1.0", "2.0"]])
        #expect(try keys(#"{"a\u0000\n": "\ud83d\ude00\ud800\u00e9\\\/"}"#) == ["a\0\n": ["'😀\u{FFFD}é\\/'"]])
        #expect(
            try keys(#"{"": 1, "metadata": {"": 2, "a": "", "b": 3}, "b": false}"#) == [
                "": ["1.0"], "a": ["''"], "b": ["false"],
            ])
        #expect(
            try keys("{}") == [:]
                && keys(#"{"a": 1e999, "a": 12345678901234567890}"#)["a"] == ["inf", "1.2345678901234567e+19"])
        let long = String(repeating: "x", count: 300)
        #expect(
            try keys(#"{"\#(long)": 1, "a": {"\#(long)": {"b": 1}, "c": "\#(long)"}, "d": 2}"#) == [
                "a.c": ["long"], "d": ["2.0"],
            ])
        let deep = String(repeating: "[", count: 1000) + "1" + String(repeating: "]", count: 1000)
        #expect(try keys(#"{"a": \#(deep)}"#) == ["a": ["1.0"]])
    }

    @Test(
        "What is no JSON object is refused with its document.",
        arguments: [
            " ", "[]", "1", "{", #"{"a""#, #"{"a":}"#, #"{"a":01}"#, #"{"a":1,}"#, #"{"a":"\x"}"#, #"{"a":tru}"#,
            "{} x",
            #"{"a":"\u12g4"}"#, #"{'a':1}"#, #"{"a":+1}"#,
            #"{"a":"# + String(repeating: "[", count: 5000),
        ])
    func malformed(metadata: String) throws {
        let writer = try IndexWriter(directory: InMemoryDirectory())
        #expect(throws: InputError.self) { try writer.add([Document(id: "a", text: "x", metadata: metadata)]) }
    }

    @Test("Damaged metadata are read or refused, and never a trap.")
    func fuzz() {
        var refused = 0
        for seed in 1...1500 as ClosedRange<UInt64> {
            var maker = RandomMetadata(random: SeededGenerator(seed: seed))
            var bytes = Array(maker.record().json(&maker.random).utf8)
            for _ in 0...Int.random(in: 0...2, using: &maker.random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &maker.random)
                switch Int.random(in: 0..<3, using: &maker.random) {
                case 0: bytes[place] = maker.pick(Array("{}[]\",:\\ut0-e ".utf8))
                case 1: bytes.remove(at: place)
                default: bytes.removeLast(bytes.count - place)
                }
            }
            var reader = MetadataReader()
            do { try reader.read(String(decoding: bytes, as: UTF8.self)) } catch { refused += 1 }
        }
        #expect(refused > 300, "\(refused)")
    }

    @Test("Numbers sort by their bytes as by their value.")
    func order() {
        let numbers = [
            -Double.infinity, -1e300, -2, -1, -1e-300, 0, .leastNonzeroMagnitude, 0.5, 1, 2, 1e300, .infinity,
        ]
        for (one, other) in zip(numbers, numbers.dropFirst()) {
            #expect(MetadataKind.bytes(of: one).lexicographicallyPrecedes(MetadataKind.bytes(of: other)))
        }
        for number in numbers {
            #expect(MetadataKind.bytes(of: number).withUnsafeBytes { MetadataKind.number(of: $0) } == number)
        }
        #expect(MetadataKind.bytes(of: -0.0) == MetadataKind.bytes(of: 0))
    }

    private func documents(_ seed: UInt64, _ count: Int) -> [Document] {
        var maker = RandomMetadata(random: SeededGenerator(seed: seed))
        return TestIndex.documents(seed: seed, count: count).map { document in
            var document = document
            let filler = (0..<30).map { "\"k\($0)\": \"\(maker.random.next())\"" }.joined(separator: ", ")
            document.metadata = maker.chance(2) ? maker.record().json(&maker.random) : "{\(filler)}"
            return document
        }
    }

    @Test(
        "The file is the same for any batches, any memory and any threads, and a merge writes what a new index would.")
    func deterministic() throws {
        let documents = documents(1, 300)
        let expected = try TestIndex.contents(TestIndex.build(documents))
        #expect(expected["segment-1.columns"] != nil)
        let small = IndexOptions(analyzer: .whitespace, threads: 2, memory: 1)
        #expect(try TestIndex.contents(TestIndex.build(documents, options: small, batch: 7)) == expected)
        let directory = try TestIndex.build(Array(documents[..<100]))
        let gone = Set(documents.filter { $0.id.hasSuffix("3") }.map(\.id))
        for range in [100..<120, 120..<300] {
            let writer = try IndexWriter(opening: directory)
            try writer.add(Array(documents[range]))
            _ = try writer.commit()
        }
        let writer = try IndexWriter(opening: directory)
        try writer.delete(gone)
        writer.compact()
        let summary = try writer.commit()
        let merged = try directory.bytes(of: summary.segments[0].name + ".columns")
        let rebuilt = try TestIndex.contents(TestIndex.build(documents.filter { !gone.contains($0.id) }))
        #expect(merged == rebuilt["segment-1.columns"])
        #expect(summary.bytes.columns == merged.count)
    }

    @Test("Without stored text metadata are kept for filters all the same; without metadata there is no file.")
    func withoutText() throws {
        let options = IndexOptions(analyzer: .whitespace, storeText: false)
        let directory = try TestIndex.build([Document(id: "a", text: "x", metadata: #"{"y": 1}"#)], options: options)
        let searcher = try Searcher(reader: IndexReader(directory: directory))
        #expect(try searcher.restricted(to: MetadataFilter("y = 1")).search("x", k: 1).map(\.id) == ["a"])
        let none = try TestIndex.build([
            Document(id: "a", text: "x", metadata: #"{"y": [null]}"#), Document(id: "b", text: "x"),
        ])
        #expect(try !none.list().contains { $0.hasSuffix("columns") })
        #expect(try IndexReader(directory: none).hasMetadataColumns)
    }

    private static let filters = ["year = 2020", "lang = de or tags = a", "not exists open", "id > d1"]

    private func everything(_ directory: any Directory) throws -> [[String]] {
        let searcher = try Searcher(reader: IndexReader(directory: directory))
        return try Self.filters.map { try searcher.restricted(to: MetadataFilter($0)).search("x", k: 10).map(\.id) }
    }

    private func small() throws -> InMemoryDirectory {
        try TestIndex.build(
            (0..<20).map { number in
                Document(
                    id: "d\(number)", text: "x",
                    metadata:
                        #"{"year": \#(2015 + number % 7), "lang": "de", "id": "d\#(number)", "tags": ["a", "b"], "open": true}"#
                )
            })
    }

    @Test(
        "Every flipped byte and every truncation of columns is found by the check; a filter throws or gives the same hits."
    )
    func damage() throws {
        let directory = try small()
        let name = "segment-1.columns"
        let hits = try everything(directory)
        let sound = try directory.bytes(of: name)
        func expectFound(_ bytes: [UInt8], _ note: String) throws {
            directory.put(name, bytes: bytes)
            let report = try IndexCheck.check(directory: directory)
            #expect(report.files.contains { $0.name == name && !$0.problems.isEmpty }, "\(note)")
            do { #expect(try everything(directory) == hits, "\(note)") } catch is StorageError {}
        }
        for index in sound.indices {
            var damaged = sound
            damaged[index] ^= UInt8(truncatingIfNeeded: 1 << (index % 8))
            try expectFound(damaged, "byte \(index)")
        }
        for length in stride(from: 0, to: sound.count, by: 7) {
            try expectFound(Array(sound[..<length]), "length \(length)")
        }
    }

    @Test("Wrong columns under right checksums are an error or wrong hits, and never a trap.")
    func wrongStructures() throws {
        let sound = try small()
        let name = "segment-1.columns"
        let body = try ChecksummedFile(sound, name, kind: IndexFormat.columnsKind, version: IndexFormat.version).body()
            .bytes
        var random = SeededGenerator(seed: 5)
        var found = 0
        for _ in 0..<400 {
            let directory = try TestIndex.copy(sound)
            var changed = body
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let tail = Bool.random(using: &random) ? 110 : changed.count
                changed[changed.count - 1 - Int.random(in: 0..<tail, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let writer = try ChecksummedFileWriter(
                directory, name, kind: IndexFormat.columnsKind, version: IndexFormat.version)
            try writer.write(changed)
            var manifest = try Manifest.read(from: directory)
            manifest.segments[0].columns = .init(name: name, seal: try writer.finish())
            try manifest.commit(to: directory)
            if try !IndexCheck.check(directory: directory).isSound { found += 1 }
            do {
                _ = try everything(directory)
                _ = try IndexReader(directory: directory).metadataKeys()
            } catch is StorageError {} catch is FilterError {}
        }
        #expect(found > 200, "\(found)")
    }
}
