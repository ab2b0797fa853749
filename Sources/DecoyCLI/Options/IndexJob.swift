import Decoy
import DurableStorage

/// Builds an index folder from corpora or from documents in memory.
struct IndexJob {
    var analyzer: AnalyzerOptions
    var storeText: Bool
    var positions = false
    var fields: FieldWeights?
    var memory: Int
    var threads: Int

    private var options: IndexOptions {
        IndexOptions(
            analyzer: analyzer, storeText: storeText, positions: positions, fields: fields, threads: threads,
            memory: memory)
    }

    /// Reads corpora one after the other; nothing is left at the path where one of them is wrong.
    func build(
        _ corpora: [String], format: CorpusFormat, at path: String, replace: Bool, progress: (Int) -> Void
    ) throws -> IndexSummary {
        let writer = try IndexWriter(path: path, options: options, overwrite: replace)
        try writer.add(corpora, format: format, progress: progress)
        return try writer.commit(corpora)
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

/// A change of an index that is there.
struct IndexChange {
    /// What becomes of documents whose ids exist.
    var change: IndexWriter.Change
    /// A file of ids to delete, one a line; `-` is standard input.
    var deletions: String?
    var compacts: Bool
    var memory: Int
    var threads: Int

    /// What was done.
    struct Outcome {
        var summary: IndexSummary
        var added: Int
        var deleted: Int
        var unknown: Int
    }

    /// Deletes, adds and merges in one commit; the index is as it was where something is wrong.
    func apply(
        _ corpora: [String], format: CorpusFormat, to path: String, progress: (Int) -> Void
    ) throws -> Outcome {
        let writer = try IndexWriter(opening: path, change: change, threads: threads, memory: memory)
        let unknown = try deletions.map { try writer.delete(IdentifierReader.read($0)) } ?? 0
        try writer.add(corpora, format: format, progress: progress)
        if compacts { writer.compact() }
        let added = writer.documentCount
        let deleted = writer.deletedCount
        return Outcome(summary: try writer.commit(corpora), added: added, deleted: deleted, unknown: unknown)
    }
}

extension IndexWriter {
    /// Adds the documents of corpora one after the other.
    fileprivate func add(_ corpora: [String], format: CorpusFormat, progress: (Int) -> Void) throws {
        var count = 0
        for corpus in corpora {
            try CorpusReader.read(corpus, format: format) { batch in
                do {
                    try add(batch)
                } catch let errors as InputErrors {
                    throw errors.naming {
                        InputError(source: corpus, problem: "\($0.source): \($0.problem)", remedy: $0.remedy)
                    }
                }
                count += batch.count
                progress(count)
            }
        }
    }

    /// Commits; an id that stands in two corpora is an error that names them.
    fileprivate func commit(_ corpora: [String]) throws -> IndexSummary {
        do {
            return try commit()
        } catch let errors as InputErrors {
            let source = corpora.joined(separator: ", ")
            throw errors.naming { InputError(source: source, problem: $0.problem, remedy: $0.remedy) }
        }
    }
}

extension InputErrors {
    /// The same errors, each as `body` puts it.
    fileprivate func naming(_ body: (InputError) -> InputError) -> InputErrors {
        var named = InputErrors()
        for error in errors { _ = named.add(body(error)) }
        return named
    }
}
