import DurableStorage
import NumericKernels

/// The table of a static encoder in a safetensors file of any of the known kinds.
///
/// sentence-transformers and wordllama write `embedding.weight`, one row a token. model2vec writes `embeddings`, and where its vocabulary was
/// quantized `mapping` (the row of each token) and `weights` (a factor a token): embeddings[mapping[t]] · weights[t] is again a row a token.
struct StaticTable {
    /// Which program's kind it is.
    enum Kind { case sentenceTransformers, model2vec }

    let kind: Kind
    var rows: Matrix

    /// Reads a table; throws where there is none, or where a value is no finite number.
    init(_ file: SafetensorsFile, threads: Int) throws {
        if file.tensors["embedding.weight"] != nil {
            kind = .sentenceTransformers
            rows = try file.matrix("embedding.weight", threads: threads)
        } else if file.tensors["embeddings"] != nil {
            kind = .model2vec
            rows = try Self.model2vec(file, threads: threads)
        } else {
            let names = file.tensors.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(5)
            throw StorageError.incompatible(
                file: file.name,
                reason: "no table of a static encoder (it has: \(names.joined(separator: ", ")))",
                remedy:
                    "tensor embedding.weight (decoy, sentence-transformers' StaticEmbedding, wordllama) or embeddings (model2vec) is needed"
            )
        }
        for row in 0..<rows.rows {
            let isFinite = rows.withRow(row) { values in values.indices.allSatisfy { values[$0].isFinite } }
            guard isFinite else {
                throw StorageError.corrupt(file: file.name, reason: "row \(row) has a value that is no finite number")
            }
        }
    }

    private static func model2vec(_ file: SafetensorsFile, threads: Int) throws -> Matrix {
        let embeddings = try file.matrix("embeddings", threads: threads)
        let mapping = file.tensors["mapping"] == nil ? nil : try file.integers("mapping")
        let weights = file.tensors["weights"] == nil ? nil : try file.vector("weights")
        if mapping == nil, weights == nil { return embeddings }
        let count = mapping?.count ?? embeddings.rows
        guard weights.map({ $0.count == count }) ?? true else {
            throw StorageError.corrupt(
                file: file.name, reason: "\(weights?.count ?? 0) weights for \(count) tokens")
        }
        for row in mapping ?? [] where row < 0 || row >= embeddings.rows {
            throw StorageError.corrupt(
                file: file.name, reason: "a token is mapped to row \(row) of \(embeddings.rows)")
        }
        var table = Matrix(rows: count, columns: embeddings.columns)
        table.fillRows(threads: threads) { token, values in
            embeddings.withRow(mapping?[token] ?? token) { row in
                for column in values.indices { values[column] = row[column] * (weights?[token] ?? 1) }
            }
        }
        return table
    }
}
