import Decoy
import Foundation

/// The dataset that the benchmarks work on.
struct BenchmarkInput {
    /// The repository's own corpus.
    static let homonyms = URL(filePath: #filePath)
        .appending(path: "../../../../../corpora/homonyms").standardized.path

    let name: String
    let documents: [Document]
    let queries: [Query]
    let qrels: Qrels

    /// Up to 1,000 judged queries of the split train, or else of the first split.
    init(path: String) throws {
        let dataset = try BEIRDataset(path: path)
        guard let split = dataset.splits.contains("train") ? "train" : dataset.splits.first else {
            throw Failure("\(path) has no qrels")
        }
        var documents: [Document] = []
        try dataset.documents { documents += $0 }
        let qrels = try dataset.qrels(split: split)
        name = dataset.name
        queries = Array(try dataset.queries(judgedIn: qrels, split: split).prefix(1000))
        self.documents = documents
        self.qrels = qrels
    }

    /// The texts' size in UTF-8.
    var megabytes: Double { Double(documents.reduce(0) { $0 + $1.contents.utf8.count }) / 1e6 }

    var description: String {
        "\(name): \(documents.count) documents, \(Text.number(megabytes)) MB, \(queries.count) queries"
    }
}

/// A folder for indexes that is removed at the end.
final class ScratchFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "decoy-benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
