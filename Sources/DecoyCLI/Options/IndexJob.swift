import Decoy
import DurableStorage

/// Builds an index folder from corpora or from documents in memory.
struct IndexJob {
    /// What the user asked for; nil for English, with a word where the documents are not.
    var analyzer: AnalyzerArgument?
    /// Takes the place of the analyzer's own.
    var segmentation: Segmentation?
    var storeText: Bool
    var positions = false
    var fields: FieldWeights?
    /// The part of the documents to index; nil for all.
    var shard: Shard?
    var memory: Int
    var threads: Int

    private var chosen: AnalyzerArgument { analyzer ?? .profile("english") }

    private func options(_ analyzer: AnalyzerOptions) throws -> IndexOptions {
        IndexOptions(
            analyzer: try analyzer.segmented(segmentation), storeText: storeText, positions: positions, fields: fields,
            threads: threads,
            memory: memory, shard: shard)
    }

    /// Reads corpora one after the other; nothing is left at the path where one of them is wrong.
    ///
    /// Where the analyzer is to be chosen by the documents, those of the sample wait in memory; `say` is told the choice.
    func build(
        _ corpora: [String], format: CorpusFormat, at path: String, replace: Bool, say: (String) -> Void,
        progress: (Int) -> Void
    ) throws -> IndexSummary {
        var writer: IndexWriter?
        var waiting: [(corpus: String, batch: [Document])] = []
        func start() throws -> IndexWriter {
            let (options, note) = try chosen.options(sample: waiting.lazy.map(\.batch).joined())
            if let note { say(note) }
            let started = try IndexWriter(path: path, options: try self.options(options), overwrite: replace)
            for (corpus, batch) in waiting { try started.add(batch, of: corpus) }
            waiting = []
            writer = started
            return started
        }
        var sample = AnalyzerSample.Size()
        if analyzer != .auto { _ = try start() }
        var isFirst = analyzer == nil
        try CorpusReader.read(corpora, format: format, progress: progress) { corpus, batch in
            if isFirst, let note = AnalyzerSample.suggestion(for: batch, taken: "english") { say(note) }
            isFirst = false
            if let writer { return try writer.add(batch, of: corpus) }
            waiting.append((corpus, batch))
            if sample.isEnough(with: batch) { _ = try start() }
        }
        return try (try writer ?? start()).commit(corpora)
    }

    /// Indexes documents in memory by an analyzer that was chosen before.
    func build(
        _ documents: [Document], by analyzer: AnalyzerOptions, at path: String, progress: (Int) -> Void
    ) throws -> IndexSummary {
        let writer = try IndexWriter(path: path, options: options(analyzer))
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
    /// The part that the index holds, as the user says it.
    var shard: Shard?
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
        let writer = try IndexWriter(
            opening: path, change: change, threads: threads, memory: memory, shard: shard)
        let unknown = try deletions.map { try writer.delete(IdentifierReader.read($0)) } ?? 0
        try CorpusReader.read(corpora, format: format, progress: progress) { corpus, batch in
            try writer.add(batch, of: corpus)
        }
        if compacts { writer.compact() }
        let added = writer.documentCount
        let deleted = writer.deletedCount
        return Outcome(summary: try writer.commit(corpora), added: added, deleted: deleted, unknown: unknown)
    }
}

extension CorpusReader {
    /// Reads the documents of corpora one after the other; `progress` is told how many there were so far.
    fileprivate static func read(
        _ corpora: [String], format: CorpusFormat, progress: (Int) -> Void,
        _ body: (_ corpus: String, _ batch: [Document]) throws -> Void
    ) throws {
        var count = 0
        for corpus in corpora {
            try CorpusReader.read(corpus, format: format) { batch in
                try body(corpus, batch)
                count += batch.count
                progress(count)
            }
        }
    }
}

extension IndexWriter {
    /// Adds documents of a corpus; errors name it.
    fileprivate func add(_ batch: [Document], of corpus: String) throws {
        do {
            try add(batch)
        } catch let errors as InputErrors {
            throw errors.naming {
                InputError(source: corpus, problem: "\($0.source): \($0.problem)", remedy: $0.remedy)
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
