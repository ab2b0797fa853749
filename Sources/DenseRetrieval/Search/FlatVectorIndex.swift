import DurableStorage
import NumericKernels
import RetrievalData

/// Document vectors for search: a vector folder mapped into memory, or vectors in memory.
///
/// Search is exact unless a graph is asked for, which a folder may have (`search(_:k:threads:method:)`).
/// Vectors of bytes are searched in two steps (`VectorPrecision.i8`); their scores are exact products with the rows as 16-bit floats keep them.
public struct FlatVectorIndex: Sendable {
    /// What the folder says of itself.
    public let record: VectorRecord
    let rows: StoredRows
    let codes: QuantizedRows?
    let graph: NearestGraph?
    let ids: IdentifierTable
    /// The bytes of the folder's tensors; empty in memory.
    let parts: [ByteView]
    private let files: [MappedFile]

    /// Opens a vector folder and checks that its parts fit together; `verify()` also reads every byte.
    public init(path: String) throws {
        let folder = try FileSystemDirectory(path: path)
        let record = try DecoyRecord.read(VectorRecord.self, in: folder)
        guard record.format == VectorRecord.format, (1...VectorRecord.version).contains(record.version) else {
            throw StorageError.incompatible(
                file: folder.describe(DecoyRecord.fileName),
                reason: "it is a \(record.format) of version \(record.version)",
                remedy: "this program reads \(VectorRecord.format) of version 1 to \(VectorRecord.version)")
        }
        let vectorFile = try folder.open(VectorIndexWriter.vectors)
        let idFile = try folder.open(VectorIndexWriter.ids)
        let graphFile = try record.graph.map { _ in try folder.open(GraphFile.name) }
        guard record.graph != nil || record.files[GraphFile.name] == nil else {
            throw StorageError.corrupt(
                file: folder.describe(DecoyRecord.fileName), reason: "it knows \(GraphFile.name) and no graph")
        }
        let named = [(VectorIndexWriter.vectors, vectorFile), (VectorIndexWriter.ids, idFile)]
        for (name, file) in named + (graphFile.map { [(GraphFile.name, $0)] } ?? []) {
            guard let known = record.files[name] else {
                throw StorageError.corrupt(file: file.name, reason: "\(DecoyRecord.fileName) does not know it")
            }
            try known.verifySize(file)
        }
        let vectors = try VectorFile(vectorFile, record)
        (rows, codes, parts) = (vectors.rows, vectors.codes, vectors.parts)
        ids = try IdentifierTable(idFile.view)
        guard ids.count == record.rows else {
            throw StorageError.corrupt(
                file: idFile.name, reason: "it has \(ids.count) ids, recorded are \(record.rows)")
        }
        if let graphFile, let known = record.graph {
            // A changed link would lead to other hits; the file is read as a whole here in any case.
            try record.files[GraphFile.name]?.verify(graphFile)
            graph = try GraphFile.read(graphFile, known, rows: record.rows)
        } else {
            graph = nil
        }
        self.record = record
        files = [vectorFile, idFile] + (graphFile.map { [$0] } ?? [])
    }

    private static let documentsAtOnce = 1024

    /// Encodes documents into an index in memory, saying how many are done; throws where two have the same id.
    public init(
        _ documents: [Document], model: DualEncoder, threads: Int = 1, progress: (Int) throws -> Void = { _ in }
    ) throws {
        let ids = documents.map(\.id)
        if let twice = Dictionary(ids.map { ($0, 1) }, uniquingKeysWith: +).filter({ $0.value > 1 }).keys
            .min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        {
            throw InputError(
                source: "documents", problem: "two documents have the id \(twice)", remedy: "ids must be unique")
        }
        self.ids = try IdentifierTable(ids)
        var matrix = Matrix(rows: documents.count, columns: model.dimension)
        for first in stride(from: 0, to: documents.count, by: Self.documentsAtOnce) {
            let part = documents[first..<min(first + Self.documentsAtOnce, documents.count)].map(\.contents)
            matrix.setRows(from: first, model.documentEncoder.encodeRows(part, as: .document, threads: threads))
            try progress(first + part.count)
        }
        rows = .f32(matrix.window)
        codes = nil
        graph = nil
        parts = []
        record = VectorRecord(rows: matrix.rows, dimension: matrix.columns, model: model.identity())
        files = []
    }

    /// The number of vectors.
    public var count: Int { rows.rows }

    /// The length of the vectors.
    public var dimension: Int { record.dimension }

    /// The ids in row order.
    public var documentIDs: [DocumentID] { (0..<count).map { ids[$0] } }

    /// A document's vector as it is kept, in 32-bit floats; nil where there is no such document.
    public func vector(of id: DocumentID) -> [Float]? { ids.row(of: id).map { rows.row($0) } }

    /// Reads every byte and throws `StorageError.corrupt` where it is not what was written or a vector has a value that is no number.
    public func verify() throws {
        for file in files {
            let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
            try record.files[name]?.verify(file)
        }
        if let row = rows.firstRowNotFinite(), let file = files.first {
            throw StorageError.corrupt(
                file: file.name, reason: "the vector of row \(row) has values that are no numbers")
        }
    }

    /// The best `k` documents for each query vector by inner product, in the total order.
    ///
    /// The queries must have the index's dimension. Complexity: O(queries · count · dimension).
    public func search(_ queries: [[Float]], k: Int, threads: Int = 1) -> [[ScoredDocument]] {
        precondition(queries.allSatisfy { $0.count == dimension }, "a query vector has another length than the index")
        guard !queries.isEmpty else { return [] }
        return search(Matrix(columns: dimension, values: queries.flatMap { $0 }), k: k, threads: threads)
    }

    package func search(_ queries: Matrix, k: Int, threads: Int) -> [[ScoredDocument]] {
        let ids = ids
        let before: @Sendable (Int, Int) -> Bool = { ids.precedes($1, $0) }
        let k = min(max(k, 0), count)
        let hits =
            codes?.search(queries.window, rescoring: rows, k: k, threads: threads, before: before)
            ?? NearestRows.search(queries.window, in: rows, k: k, threads: threads, before: before)
        return hits.map { $0.map { ScoredDocument(id: ids[$0.row], score: Double($0.score)) } }
    }

    /// The inner products of documents with a query vector; nil for a document that is not here.
    package func scores(of documents: [DocumentID], for query: MatrixWindow) -> [Double?] {
        let found = documents.map { ids.row(of: $0) }
        let scores = NearestRows.scores(
            of: found.compactMap { $0.map { Int32(truncatingIfNeeded: $0) } }, in: rows, for: query)
        var next = scores.makeIterator()
        return found.map { row in row == nil ? nil : next.next().map(Double.init) }
    }
}
