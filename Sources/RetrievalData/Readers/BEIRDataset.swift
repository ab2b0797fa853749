import Essentials

/// A dataset in BEIR layout: a folder with `corpus.jsonl`, `queries.jsonl` and `qrels/SPLIT.tsv`, each plain, `.gz` or
/// `.zst`.
///
/// A folder without `corpus.jsonl` is a corpus of text files; it may have queries and qrels beside.
public struct BEIRDataset: Sendable, Hashable {
    /// The folder, without a slash at the end.
    public let path: String
    /// What `CorpusReader` reads: the corpus file, or the folder itself where its documents are text files.
    public let corpusPath: String
    /// The file with the queries; nil where there is none.
    public let queriesPath: String?
    /// The names of the qrels files without their endings, in byte order, such as `dev`, `test`, `train`.
    public let splits: [String]

    /// The dataset in a folder; throws `FileError` where there is no such folder, `InputErrors` where no corpus is in
    /// it.
    public init(path: String) throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        switch PathKind(path) {
        case .nothing: throw FileError.notFound(path: path)
        case .file:
            throw InputErrors(
                InputError(
                    source: path, problem: "it is a file",
                    remedy: "expected a folder in BEIR layout: corpus.jsonl, queries.jsonl, qrels/"))
        case .folder: break
        }
        if let corpus = Self.file(named: "corpus.jsonl", in: path) {
            corpusPath = corpus
        } else if TextFolder.hasDocuments(path) {
            corpusPath = path
        } else {
            throw InputErrors(
                InputError(
                    source: path, problem: "the folder holds no corpus",
                    remedy: "expected corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv, or .txt and .md files"))
        }
        queriesPath = Self.file(named: "queries.jsonl", in: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/qrels")) ?? []
        let stems = names.filter { !$0.hasPrefix(".") }.map(Compression.withoutEnding).filter { $0.hasSuffix(".tsv") }
        splits = Set(stems.map { String($0.dropLast(4)) }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The folder's own name.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Reads the corpus as `CorpusReader` does.
    public func documents(batch: Int = 1024, each: ([Document]) throws -> Void) throws {
        try CorpusReader.read(corpusPath, format: corpusPath == path ? .text : .jsonl, batch: batch, each: each)
    }

    /// All queries in the order of the file.
    public func queries() throws -> [Query] {
        guard let queriesPath else { throw FileError.notFound(path: path + "/queries.jsonl") }
        return try QueryReader.read(queriesPath)
    }

    /// The queries that are judged in a split, in the order of the file.
    ///
    /// A judged query that the file lacks is an input error.
    public func queries(split: String) throws -> [Query] {
        try queries(judgedIn: qrels(split: split), split: split)
    }

    /// The queries that have judgements, in the order of the file; `split` names the judgements in messages.
    public func queries(judgedIn qrels: Qrels, split: String) throws -> [Query] {
        let all = try queries()
        let known = Set(all.map(\.id))
        var errors = InputErrors()
        for id in qrels.queryIDs where !known.contains(id) {
            let error = InputError(
                source: qrelsPath(split: split) ?? split,
                problem: "query \(JSONText.quoted(id)) is judged but not in queries.jsonl",
                remedy: "add the query, or remove its judgements")
            if !errors.add(error) { break }
        }
        try errors.throwIfAny()
        let judged = Set(qrels.queryIDs)
        return all.filter { judged.contains($0.id) }
    }

    /// The judgements of a split; throws `FileError.noSplit`, naming the splits there are, where there is none of that
    /// name.
    public func qrels(split: String) throws -> Qrels {
        guard let file = qrelsPath(split: split) else {
            throw FileError.noSplit(name: split, dataset: path, known: splits)
        }
        return try QrelsReader.read(file)
    }

    /// The qrels file of a split; nil where there is none.
    public func qrelsPath(split: String) -> String? {
        Self.file(named: split + ".tsv", in: path + "/qrels")
    }

    /// The path of a file in a folder, plain, `.gz` or `.zst`, whichever is there first.
    static func file(named name: String, in folder: String) -> String? {
        ["", ".gz", ".zst"].map { folder + "/" + name + $0 }.first { PathKind($0) == .file }
    }
}
