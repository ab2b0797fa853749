import DecoyTestSupport
import DurableStorage
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Parts of an index")
struct IndexStructureTests {
    private func dictionary(_ terms: [String]) throws -> TermDictionary {
        let directory = InMemoryDirectory()
        let writer = try TermDictionaryWriter(directory, "terms")
        var offset = 16
        for (index, term) in terms.enumerated() {
            let entry = TermEntry(
                documentFrequency: index + 1, collectionFrequency: 2 * index + 1, postingsOffset: offset,
                postingsLength: index % 50)
            try Array(term.utf8).withUnsafeBytes { try writer.add($0, entry) }
            offset += index % 50
        }
        _ = try writer.finish()
        return try TermDictionary(
            ChecksummedFile(directory, "terms", kind: IndexFormat.termsKind, version: IndexFormat.version))
    }

    private func find(_ term: String, _ dictionary: TermDictionary) throws -> TermEntry? {
        try Array(term.utf8).withUnsafeBytes { try dictionary.find($0) }
    }

    @Test("Every term is found with its entry, and no other is.")
    func terms() throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            var known: Set<String> = []
            for _ in 0..<Int.random(in: 0...300, using: &random) {
                let length = Int.random(in: 1...(seed % 3 == 0 ? 60 : 12), using: &random)
                known.insert(
                    String(
                        (0..<length).map { _ in ["a", "b", "\u{0}", "é", "z"].randomElement(using: &random) ?? "a" }
                            .joined()))
            }
            let terms = known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            let dictionary = try dictionary(terms)
            #expect(dictionary.termCount == terms.count)
            for (index, term) in terms.enumerated() {
                #expect(try find(term, dictionary)?.documentFrequency == index + 1, "seed \(seed)")
                for other in [term + "a", String(term.dropLast()), term + "\u{0}", "~" + term]
                where !known.contains(other) {
                    let absent = try find(other, dictionary)
                    #expect(absent == nil, "seed \(seed)")
                }
            }
            var listed: [String] = []
            try dictionary.forEach { term, entry in
                listed.append(String(decoding: term, as: UTF8.self))
                let found = try find(listed[listed.count - 1], dictionary)
                #expect(found == entry)
            }
            #expect(listed == terms)
        }
    }

    @Test("Arrays of every width come back.", arguments: 1...8)
    func packedArrays(width: Int) throws {
        let directory = InMemoryDirectory()
        let largest = width == 8 ? Int.max : (1 << (8 * width)) - 1
        #expect(PackedArray.width(for: largest) == width)
        let values = [0, 1, largest, largest / 3, 7]
        let writer = try ChecksummedFileWriter(directory, "x", kind: "TEST", version: 1)
        try PackedArray.write(values, width: width, to: writer)
        try writer.write([UInt8](repeating: 0xFF, count: 8))
        _ = try writer.finish()
        let file = try ChecksummedFile(directory, "x", kind: "TEST", version: 1)
        let array = try PackedArray(file, offset: 16, width: width, count: values.count)
        let read = try values.indices.map { try array.value($0) }
        #expect(read == values)
        var all: [UInt64] = []
        try array.forEach { all.append($1) }
        #expect(all == values.map { UInt64($0) })
        #expect(throws: StorageError.self) { try array.value(values.count) }
        #expect(throws: StorageError.self) { try array.value(-1) }
        #expect(throws: StorageError.self) { try PackedArray(file, offset: 16, width: width, count: .max) }
        #expect(throws: StorageError.self) { try PackedArray(file, offset: 16, width: width, count: values.count + 2) }
    }

    @Test("An index gives its documents back by id, with title, text and metadata, over many blocks of text.")
    func documents() throws {
        var text = RandomText(seed: 2)
        var documents = text.documents(700, words: 20...60)
        documents[3].metadata = #"{"year": 2020}"#
        documents[4].metadata = ""
        documents[5].text = String(repeating: "long ", count: 20_000)
        documents.shuffle(using: &text.shuffler)
        let reader = try IndexReader(directory: TestIndex.build(documents, batch: 97))
        for document in documents { #expect(try reader.document(document.id) == document) }
        #expect(try reader.document("d") == nil)
        #expect(try reader.document("d99999") == nil)
        #expect(try reader.documentIDs() == documents.map(\.id))
        #expect(try reader.contains("d3"))
        #expect(try !reader.contains("e3"))
        let bare = try IndexReader(
            directory: TestIndex.build(documents, options: IndexOptions(analyzer: .whitespace, storeText: false)))
        #expect(throws: SearchError.textNotStored(index: "memory")) { try bare.document("d3") }
        #expect(!bare.summary.storesText)
    }

    @Test("Statistics are those of the documents; a document without terms does not count.")
    func statistics() throws {
        let documents = [
            Document(id: "a", title: "x", text: "y y"), Document(id: "b", text: ""), Document(id: "c", text: "y"),
        ]
        let reader = try IndexReader(directory: TestIndex.build(documents))
        #expect(reader.documentCount == 2)
        #expect(reader.storedDocumentCount == 3)
        #expect(reader.totalLength == 4)
        #expect(reader.averageLength == 2)
        #expect(try reader.documentFrequency(of: "y") == 2)
        #expect(try reader.documentFrequency(of: "x") == 1)
        #expect(try reader.documentFrequency(of: "z") == 0)
        #expect(reader.summary.termCount == 2)
        #expect(reader.summary.postingCount == 3)
    }

    @Test("Ids that occur twice are refused at the commit, by name, and no index appears.")
    func duplicates() throws {
        let folder = try TemporaryFolder()
        let writer = try IndexWriter(path: folder.path("index"), options: IndexOptions(analyzer: .whitespace))
        try writer.add(["a", "b", "a", "c", "b"].map { Document(id: $0, text: "x") })
        let errors = #expect(throws: InputErrors.self) { try writer.commit() }
        #expect(errors?.errors.count == 2)
        #expect(errors?.description.contains("document 3 has the id 'a' of document 1") == true)
        #expect(try IndexFolder.exists(folder.path("index")) == false)
        let other = try IndexWriter(directory: InMemoryDirectory())
        #expect(throws: InputError.self) { try other.add([Document(id: "", text: "x")]) }
    }

    @Test("An index on disk appears whole, is not overwritten unasked, and refuses a second writer.")
    func onDisk() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("index")
        let first = try IndexWriter(path: path)
        #expect(throws: StorageError.locked(path: path + ".partial")) { try IndexWriter(path: path) }
        try first.add([Document(id: "a", text: "apples")])
        #expect(throws: StorageError.notFound(path: path)) { try IndexReader(path: path) }
        _ = try first.commit()
        let searcher = try Searcher(reader: IndexReader(path: path))
        #expect(try searcher.search("apple", k: 3).map(\.id) == ["a"])
        #expect(throws: StorageError.alreadyExists(path: path)) { try IndexWriter(path: path) }
        let second = try IndexWriter(path: path, overwrite: true)
        try second.add([Document(id: "b", text: "apple")])
        #expect(try searcher.search("apple", k: 3).map(\.id) == ["a"])
        _ = try second.commit()
        #expect(try searcher.search("apple", k: 3).map(\.id) == ["a"])
        #expect(try Searcher(reader: IndexReader(path: path)).search("apple", k: 3).map(\.id) == ["b"])
        #expect(try IndexCheck.check(path: path).isSound)
    }

    @Test("An index made by another analyzer is refused with the remedy.")
    func analyzerMismatch() throws {
        let directory = try TestIndex.build([Document(id: "a", text: "x")], options: IndexOptions(analyzer: .english))
        var manifest = try Manifest.read(from: directory)
        manifest.analyzer.icuVersion = "1.0"
        try manifest.commit(to: directory)
        let error = #expect(throws: SearchError.self) { try Searcher(reader: IndexReader(directory: directory)) }
        #expect(error?.description.contains("build the index anew: decoy index CORPUS... -o") == true)
    }

    @Test(
        "The command that builds an index anew names the analyzer, and its segmentation where it is not the profile's.")
    func rebuildCommand() throws {
        func command(_ options: AnalyzerOptions, version: Int = AnalyzerIdentity.currentVersion) throws -> String? {
            let directory = try TestIndex.build(
                [Document(id: "a", text: "x")], options: IndexOptions(analyzer: options))
            var manifest = try Manifest.read(from: directory)
            (manifest.analyzer.icuVersion, manifest.analyzer.version) = ("1.0", version)
            try manifest.commit(to: directory)
            let error = #expect(throws: SearchError.self) { try Searcher(reader: IndexReader(directory: directory)) }
            return error?.description.split(separator: "--force", omittingEmptySubsequences: false).last.map(
                String.init)
        }
        var japanese = try AnalyzerOptions(named: "japanese")
        japanese.segmentation = .words
        var own = AnalyzerOptions(name: "own", segmentation: .bigrams, filters: [.fold(.nfkcCasefold)])
        var english = AnalyzerOptions.english
        english.segmentation = .bigrams
        #expect(try command(.english) == "")
        #expect(try command(.whitespace, version: 1) == " --analyzer whitespace")
        #expect(try command(AnalyzerOptions(named: "japanese")) == " --analyzer japanese")
        #expect(try command(japanese) == " --analyzer japanese --segmentation words")
        #expect(try command(english) == " --segmentation bigrams")
        #expect(try command(own) == " --analyzer FILE.json --segmentation bigrams")
        own.name = "german"
        #expect(try command(own) == " --analyzer FILE.json --segmentation bigrams")
        #expect(try command(japanese, version: 1) == " --analyzer japanese", "only the name is known")
    }
}

enum IndexFolder {
    static func exists(_ path: String) throws -> Bool {
        do {
            _ = try FileSystemDirectory(path: path)
            return true
        } catch StorageError.notFound {
            return false
        }
    }
}

extension RandomText {
    fileprivate var shuffler: SeededGenerator {
        get { SeededGenerator(seed: seed) }
        set {}
    }
}
