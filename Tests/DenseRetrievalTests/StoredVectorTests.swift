import DecoyTestSupport
import DurableStorage
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Vectors at three precisions, cut, and in several changes")
struct StoredVectorTests {
    private let task = ToyTask(subjects: 60, seed: 12)
    private let model: DualEncoder

    init() throws { model = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options()) }

    @discardableResult
    private func write(
        _ documents: [Document], _ path: String, _ precision: VectorPrecision, dimension: Int? = nil
    ) throws -> VectorRecord {
        let writer = try VectorIndexWriter(path: path, model: model, precision: precision, dimension: dimension)
        try writer.add(documents, threads: 2)
        return try writer.finish()
    }

    private func change(
        _ documents: [Document], _ path: String, _ change: VectorIndexWriter.Change = .append
    ) throws {
        let writer = try VectorIndexWriter(opening: path, change: change, model: model)
        for document in documents { try writer.add([document]) }
        _ = try writer.finish()
    }

    private func expectSame(_ a: String, _ b: String, in folder: TemporaryFolder, _ what: Comment) throws {
        let names = try folder.files()
        let first = names.filter { $0.hasPrefix(a + "/") }.map { $0.dropFirst(a.count) }
        #expect(first.count == 3 && first == names.filter { $0.hasPrefix(b + "/") }.map { $0.dropFirst(b.count) })
        for name in first { #expect(try folder.bytes(a + name) == folder.bytes(b + name), what) }
    }

    @Test(
        "Searching equals ranking by the products with the rows that are kept, among all of them or the candidates of i8.",
        arguments: VectorPrecision.allCases)
    func search(precision: VectorPrecision) throws {
        let folder = try TemporaryFolder()
        for dimension in [12, 5] {
            let path = folder.path("v\(dimension)")
            let record = try write(task.documents, path, precision, dimension: dimension)
            #expect(record.precision == precision && record.dimension == dimension && record.rows == 60)
            let index = try FlatVectorIndex(path: path)
            try index.verify()
            #expect(index.record == record)
            let kept = index.documentIDs.map { index.vector(of: $0) ?? [] }
            let exact = Self.cut(model.documentEncoder, task.documents.map(\.contents), dimension)
            for (row, vector) in kept.enumerated() {
                for (value, original) in zip(vector, exact[row]) {
                    #expect(precision == .f32 ? value == original : abs(value - original) < 0x1p-11)
                }
            }
            let asked = Array(task.queries.prefix(6))
            let queries = Self.cut(model.queryEncoder, asked.map(\.text), dimension)
            let retriever = try DenseRetriever(model: model, index: index)
            for k in [1, 7, 60] {
                let run = try retriever.run(asked, k: k)
                #expect(try DenseRetriever(model: model, index: index, threads: 3).run(asked, k: k) == run)
                for (place, query) in asked.enumerated() {
                    let scores = try retriever.scores(of: index.documentIDs, for: query).map { $0 ?? -9 }
                    for (row, score) in scores.enumerated() {
                        let sum = zip(kept[row], queries[place]).reduce(0) { $0 + Double($1.0) * Double($1.1) }
                        #expect(abs(sum - score) < 1e-6)
                    }
                    var allowed = Array(0..<60)
                    if precision == .i8 {
                        allowed = Self.candidates(kept, queries[place], QuantizedRows.candidateCount(k)) {
                            index.documentIDs[$0].utf8.lexicographicallyPrecedes(index.documentIDs[$1].utf8)
                        }
                    }
                    let wanted = Ranking(
                        queryID: "",
                        sorting: allowed.map { ScoredDocument(id: index.documentIDs[$0], score: scores[$0]) })
                    #expect(run.rankings[place].documents == Array(wanted.documents.prefix(k)), "\(k)")
                }
            }
        }
    }

    /// The naive cut: the first numbers, divided by their norm.
    private static func cut(_ encoder: TextEncoder, _ texts: [String], _ dimension: Int) -> [[Float]] {
        encoder.encode(texts).map { vector in
            let part = Array(vector.prefix(dimension))
            if part.count == vector.count { return part }
            let norm = VectorKernels.best.norm(part.span)
            return part.map { norm > 0 ? $0 * (1 / norm) : 0 }
        }
    }

    /// The rows with the best products of bytes; of equal ones those with the greater id.
    private static func candidates(
        _ rows: [[Float]], _ query: [Float], _ count: Int, precedes: (Int, Int) -> Bool
    ) -> [Int] {
        let (codes, scales) = QuantizedRows.quantize(
            Matrix(columns: query.count, values: rows.flatMap { $0 }).window)
        let asked = QuantizedRows.quantize(Matrix(columns: query.count, values: query).window).bytes
        let scores = rows.indices.map { row in
            Float(asked.indices.reduce(0) { $0 + Int(asked[$1]) * Int(codes[row * query.count + $1]) }) * scales[row]
        }
        return Array(
            rows.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : precedes($1, $0) }
                .prefix(count))
    }

    @Test(
        "Adding in several changes, and replacing, gives the bytes of encoding all at once.",
        arguments: VectorPrecision.allCases)
    func changes(precision: VectorPrecision) throws {
        let folder = try TemporaryFolder()
        let documents = task.documents
        try write(documents, folder.path("all"), precision, dimension: 9)
        try write(Array(documents[..<20]), folder.path("parts"), precision, dimension: 9)
        try change(Array(documents[20..<21]), folder.path("parts"))
        try change(Array(documents[21...]), folder.path("parts"), .update)
        try expectSame("all", "parts", in: folder, "appended")
        var changed = documents
        for row in [0, 7, 8, 59] { changed[row].text = "text \(row)" }
        let new = Document(id: "new", text: "abc")
        try write(changed + [new], folder.path("changed"), precision, dimension: 9)
        try change([changed[59], changed[7], new, changed[0], changed[8]], folder.path("parts"), .update)
        try expectSame("changed", "parts", in: folder, "updated")
    }

    @Test("A change that cannot be made names why, and leaves the folder as it was.")
    func refused() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("v")
        #expect(throws: StorageError.notFound(path: path)) { try change(task.documents, path) }
        #expect(try folder.files().isEmpty)
        try write(Array(task.documents[..<30]), path, .i8)
        let before = try folder.files().map { try folder.bytes($0) }
        let error = #expect(throws: InputErrors.self) {
            let writer = try VectorIndexWriter(opening: path, change: .append, model: model)
            try writer.add(task.documents)
        }
        #expect(error?.errors.count == 20 && error?.errors[0].problem.contains("'d0'") == true)
        #expect(throws: InputError.self) {
            try change([Document(id: "x", text: "a"), Document(id: "x", text: "b")], path, .update)
        }
        let other = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options { $0.seed = 2 })
        #expect(throws: StorageError.self) {
            try VectorIndexWriter(opening: path, change: .append, model: other)
        }
        let writer = try VectorIndexWriter(opening: path, change: .append, model: model)
        #expect(throws: StorageError.locked(path: path + ".partial")) { try change([], path) }
        withExtendedLifetime(writer) {}
        for dimension in [0, 13] {
            #expect(throws: StorageError.self) { try write([], folder.path("w"), .f32, dimension: dimension) }
        }
        #expect(try folder.files().filter { $0.hasPrefix("v/") }.map { try folder.bytes($0) } == before)
    }

    @Test("A damaged folder is not carried over by a change.")
    func damagedBase() throws {
        let folder = try TemporaryFolder()
        try write(task.documents, folder.path("v"), .f16)
        var bytes = try folder.bytes("v/vectors.safetensors")
        bytes[bytes.count - 1] ^= 1
        try folder.write("v/vectors.safetensors", bytes)
        #expect(throws: StorageError.self) { try change([], folder.path("v")) }
    }

    @Test("A folder of version 1, which knew 32-bit floats alone, is read and can be changed.")
    func firstVersion() throws {
        let folder = try TemporaryFolder()
        try write(Array(task.documents[..<40]), folder.path("v"), .f32)
        try write(task.documents, folder.path("all"), .f32)
        let record = String(decoding: try folder.bytes("v/decoy.json"), as: UTF8.self)
            .replacing(#"  "precision" : "f32","# + "\n", with: "")
            .replacing(#""version" : 2"#, with: #""version" : 1"#)
        #expect(!record.contains("precision"))
        try folder.write("v/decoy.json", Array(record.utf8))
        let index = try FlatVectorIndex(path: folder.path("v"))
        #expect(index.record.version == 1 && index.record.precision == .f32 && index.count == 40)
        try change(Array(task.documents[40...]), folder.path("v"))
        try expectSame("all", "v", in: folder, "changed")
    }

    @Test(
        "Every cut, and every changed byte of the record and the header, is an error or without effect, never a trap.")
    func hostileFiles() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        for precision in VectorPrecision.allCases {
            let path = "v-\(precision)"
            try write(Array(task.documents[..<10]), folder.path(path), precision)
            let queries = [[Float](repeating: 0.3, count: 12)]
            for (name, header) in [("decoy.json", Int.max), ("vectors.safetensors", 200), ("ids.txt", Int.max)] {
                let good = try folder.bytes(path + "/" + name)
                for _ in 0..<60 {
                    var bad = good
                    if Bool.random(using: &generator) {
                        bad = Array(good.prefix(Int.random(in: 0..<good.count, using: &generator)))
                    } else {
                        let place = Int.random(in: 0..<min(good.count, header), using: &generator)
                        bad[place] = UInt8.random(in: 0...255, using: &generator)
                    }
                    try folder.write(path + "/" + name, bad)
                    do {
                        let index = try FlatVectorIndex(path: folder.path(path))
                        if index.dimension == 12 { _ = index.search(queries, k: 4) }
                        try index.verify()
                        _ = try DenseRetriever(model: model, index: index).run([task.queries[0]], k: 3)
                    } catch is StorageError {}
                }
                try folder.write(path + "/" + name, good)
            }
        }
    }

    @Test("Values that are no numbers, and scales that cannot be, are corrupt even where the checksums agree.")
    func notNumbers() throws {
        let folder = try TemporaryFolder()
        for (precision, value, fromEnd) in [
            (VectorPrecision.f32, [0, 0, 0xC0, 0x7F] as [UInt8], 4), (.f16, [0, 0x7C], 2), (.i8, [1, 0x7E], 122),
            (.i8, [0, 0, 0x80, 0x7F], 0), (.i8, [0, 0, 0, 0xBF], 0),
        ] {
            let path = "v-\(precision)-\(value)"
            var record = try write(Array(task.documents[..<10]), folder.path(path), precision)
            var bytes = try folder.bytes(path + "/vectors.safetensors")
            // The scales are the first of 10 × (4 + 24 + 12) bytes.
            let place = fromEnd == 0 ? bytes.count - 400 : bytes.count - fromEnd
            bytes.replaceSubrange(place..<(place + value.count), with: value)
            try folder.write(path + "/vectors.safetensors", bytes)
            record.files["vectors.safetensors"]?.crc32c = FileRecord.hexadecimal(CRC32C.checksum(bytes))
            try folder.write(path + "/decoy.json", Array(DecoyRecord.text(record).utf8))
            let error = #expect(throws: StorageError.self) {
                let index = try FlatVectorIndex(path: folder.path(path))
                _ = index.search([[Float](repeating: 0.3, count: 12)], k: 4)
                try index.verify()
            }
            if case .corrupt? = error {} else { Issue.record("\(path): \(String(describing: error))") }
        }
    }

    @Test("A query without known tokens finds nothing; the queries beside it find what they find alone.")
    func emptyQuery() throws {
        let index = try FlatVectorIndex(task.documents, model: model)
        let retriever = try DenseRetriever(model: model, index: index)
        let empty = Query(id: "empty", text: "")
        let mixed = try retriever.run([empty, task.queries[0], empty, task.queries[1], empty], k: 5).rankings
        let alone = try retriever.run([task.queries[0], task.queries[1]], k: 5).rankings
        #expect(mixed.map(\.documents.count) == [0, 5, 0, 5, 0])
        #expect([mixed[1], mixed[3]] == alone)
        #expect(try retriever.scores(of: ["d1", "none"], for: empty) == [0, nil])
        // A hybrid then has what its lexical retriever finds.
        let found = Ranking(queryID: "empty", sorting: [.init(id: "d7", score: 2), .init(id: "d3", score: 1)])
        let lexical = RunRetriever(Run(name: "lexical", rankings: [found]))
        for fusion in [Fusion.rrf, .weighted(weight: 1)] {
            let hybrid = HybridRetriever(lexical: lexical, dense: retriever, fusion: fusion)
            #expect(try hybrid.run([empty], k: 5).rankings[0].documents.map(\.id) == ["d7", "d3"])
        }
    }

    @Test("The NumPy file has the header that numpy.lib.format 1.0 asks for and the rows as 32-bit floats.")
    func numPy() throws {
        let folder = try TemporaryFolder()
        for precision in VectorPrecision.allCases {
            try write(task.documents, folder.path("v-\(precision)"), precision)
            let index = try FlatVectorIndex(path: folder.path("v-\(precision)"))
            try AtomicFile.write(path: folder.path("v.npy")) { try index.writeNumPy(to: $0) }
            let bytes = try folder.bytes("v.npy")
            #expect(bytes.prefix(8) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
            let length = Int(bytes[8]) + Int(bytes[9]) << 8
            #expect((10 + length).isMultiple(of: 64) && bytes.count == 10 + length + 60 * 12 * 4)
            let header = String(decoding: bytes[10..<(10 + length)], as: UTF8.self)
            #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (60, 12), }"))
            #expect(header.hasSuffix(" \n"))
            let values = Array(bytes[(10 + length)...])
            let rows = values.withUnsafeBytes { raw in
                (0..<720).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
            }
            #expect(rows == index.documentIDs.flatMap { index.vector(of: $0) ?? [] })
        }
    }
}
