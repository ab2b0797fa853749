import Decoy
import DurableStorage

/// Builds an index folder from corpora or from documents in memory.
struct IndexJob {
    var analyzer: AnalyzerOptions
    var storeText: Bool
    var memory: Int
    var threads: Int

    private var options: IndexOptions {
        IndexOptions(analyzer: analyzer, storeText: storeText, threads: threads, memory: memory)
    }

    /// Reads corpora one after the other; nothing is left at the path where one of them is wrong.
    func build(
        _ corpora: [String], format: CorpusFormat, at path: String, replace: Bool, progress: (Int) -> Void
    ) throws -> IndexSummary {
        let writer = try IndexWriter(path: path, options: options, overwrite: replace)
        var count = 0
        for corpus in corpora {
            try CorpusReader.read(corpus, format: format) { batch in
                try writer.add(batch)
                count += batch.count
                progress(count)
            }
        }
        return try writer.commit()
    }

    /// Indexes documents in memory.
    func build(_ documents: [Document], at path: String, progress: (Int) -> Void) throws -> IndexSummary {
        let writer = try IndexWriter(path: path, options: options)
        var start = 0
        while start < documents.count {
            let end = min(start + 1024, documents.count)
            try writer.add(Array(documents[start..<end]))
            start = end
            progress(end)
        }
        return try writer.commit()
    }
}
