/// Reads the documents of a corpus, whatever its format, one batch after another.
public enum CorpusReader {
    /// Reads a BEIR folder, a file (plain, `.gz` or `.zst`), a folder of text files, or `-` for standard input.
    ///
    /// `each` gets up to `batch` documents at a time in the order of the input. Every line is checked: what is wrong is
    /// collected and thrown as `InputErrors`, and from the first error on `each` is not called any more, so what it did
    /// must be undone or thrown away. Ids are unique over the whole corpus. A path with nothing there is
    /// `FileError.notFound`. Memory: one batch and the ids.
    public static func read(
        _ path: String, format: CorpusFormat = .auto, batch: Int = 1024, each: ([Document]) throws -> Void
    ) throws {
        let place = try CorpusPlace(path: path, format: format)
        try withoutActuallyEscaping(each) { each in
            var sink = DocumentSink(source: place.name, batch: batch, each: each)
            switch place.source {
            case .folder: try TextFolder.read(place.path, into: &sink)
            case .lines(let reader, .tsv): try DelimitedText.readDocuments(reader, into: &sink)
            case .lines(let reader, .csv): try CSVText.readDocuments(reader, into: &sink)
            case .lines(let reader, .trec): try TRECText.readDocuments(reader, into: &sink)
            case .lines(let reader, _): try JSONRecords.readDocuments(reader, into: &sink)
            }
            try sink.finish()
        }
    }

    /// Reads a whole corpus into memory.
    public static func documents(_ path: String, format: CorpusFormat = .auto) throws -> [Document] {
        var all: [Document] = []
        try read(path, format: format) { all += $0 }
        return all
    }
}

/// Where a corpus is and how it is written, found out from a path.
struct CorpusPlace {
    enum Source {
        case folder
        case lines(LineReader, CorpusFormat)
    }

    let path: String
    let source: Source

    /// What messages call the corpus.
    var name: String {
        if case .lines(let reader, _) = source { reader.name } else { path }
    }

    init(path: String, format: CorpusFormat) throws {
        switch path == "-" ? .file : PathKind(path) {
        case .nothing: throw FileError.notFound(path: path)
        case .folder:
            let corpus = BEIRDataset.file(named: "corpus.jsonl", in: path)
            switch format {
            case .text: (self.path, source) = (path, .folder)
            case .auto where corpus == nil: (self.path, source) = (path, .folder)
            case .auto, .beir:
                guard let corpus else { throw FileError.notFound(path: path + "/corpus.jsonl") }
                (self.path, source) = (corpus, .lines(try LineReader(path: corpus), .jsonl))
            default:
                throw InputErrors(
                    InputError(
                        source: path, problem: "it is a folder",
                        remedy: "format \(format.rawValue) is a file; name the file within it"))
            }
        case .file:
            if format == .beir || format == .text {
                throw InputErrors(
                    InputError(
                        source: path, problem: "it is a file",
                        remedy: "format \(format.rawValue) is a folder; leave --format out"))
            }
            let reader = try LineReader(path: path)
            let known = format == .auto ? CorpusFormat.named(by: path) ?? .guessed(from: reader.lookahead) : format
            if known == nil, !reader.lookahead.isEmpty {
                throw InputErrors(
                    InputError(
                        source: reader.name, problem: "the format cannot be told from the name or the first bytes",
                        remedy: "say --format jsonl, tsv, csv or trec; text files go into a folder, one document a file"
                    ))
            }
            (self.path, source) = (path, .lines(reader, known ?? .jsonl))
        }
    }
}
