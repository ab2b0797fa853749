/// Inputs that no reader may accept; the reader tests and the command line's tests go through the same list.
public enum MalformedInputs {
    /// All of them.
    public static let all: [MalformedInput] = json + text + compressed + queries + qrels + runs + training

    /// The inputs of one kind.
    public static func all(_ kind: MalformedInput.Kind) -> [MalformedInput] { all.filter { $0.kind == kind } }

    private static let good = #"{"_id": "d1", "title": "One", "text": "the first document"}"# + "\n"

    private static func data(
        _ name: String, _ fileName: String, _ bytes: [UInt8], line: Int?, _ fragment: String
    ) -> MalformedInput {
        MalformedInput(
            name: name, kind: .corpus, fileName: fileName, content: .file(bytes), line: line, fragment: fragment,
            exitCode: 2)
    }

    private static func corpus(
        _ name: String, _ fileName: String, _ text: String, line: Int?, _ fragment: String
    ) -> MalformedInput {
        data(name, fileName, Array(text.utf8), line: line, fragment)
    }

    /// A right line, then one whose text is these bytes.
    private static func goodLine(thenText bytes: [UInt8]) -> [UInt8] {
        var result = Array(good.utf8)
        result += Array(#"{"_id": "d2", "text": ""#.utf8)
        result += bytes
        result += Array("\"}\n".utf8)
        return result
    }

    private static func lines(_ name: String, _ second: String, _ fragment: String) -> MalformedInput {
        corpus(name, "corpus.jsonl", good + second + "\n", line: 2, fragment)
    }

    private static func other(
        _ kind: MalformedInput.Kind, _ name: String, _ fileName: String, _ text: String, line: Int?, _ fragment: String
    ) -> MalformedInput {
        MalformedInput(
            name: name, kind: kind, fileName: fileName, content: .file(Array(text.utf8)), line: line,
            fragment: fragment, exitCode: 2)
    }

    private static let json: [MalformedInput] = [
        lines("broken JSON", #"{"_id": "d2", "text": "no end"#, "broken JSON"),
        lines("two objects on a line", #"{"_id": "d2", "text": ""} {"_id": "d3", "text": ""}"#, "broken JSON"),
        lines("an array instead of an object", #"["d2", "text"]"#, "not an object"),
        corpus("one array for the whole file", "corpus.jsonl", "[\n" + good + "]\n", line: 1, "not one array"),
        lines("missing id", #"{"title": "Two", "text": "no id"}"#, #"missing field "_id""#),
        lines("missing text", #"{"_id": "d2", "title": "Two"}"#, #"missing field "text""#),
        lines("empty id", #"{"_id": "", "text": "x"}"#, "empty document id"),
        lines("id with a space", #"{"_id": "d 2", "text": "x"}"#, "white space"),
        lines("id with a no-break space", #"{"_id": "d\u00a02", "text": "x"}"#, "white space"),
        lines("id with an escaped NUL", #"{"_id": "d\u00002", "text": "x"}"#, "control character"),
        lines("duplicate id", #"{"_id": "d1", "text": "again"}"#, "first seen on line 1"),
        lines("duplicate key", #"{"_id": "d2", "_id": "d3", "text": "x"}"#, "stands twice"),
        lines("id of a wrong type", #"{"_id": true, "text": "x"}"#, "is a boolean"),
        lines("id that is a fraction", #"{"_id": 1.5, "text": "x"}"#, "is a number"),
        lines("text of a wrong type", #"{"_id": "d2", "text": ["x"]}"#, "is an array of strings"),
        lines("text that is null", #"{"_id": "d2", "text": null}"#, "is null"),
        lines("half a surrogate pair", #"{"_id": "d2", "text": "\ud800"}"#, "broken JSON"),
        lines("nesting without end", #"{"_id": "d2", "x": "# + String(repeating: "[", count: 5_000), "broken JSON"),
        data("bad UTF-8", "corpus.jsonl", goodLine(thenText: [0xFF, 0xFE]), line: 2, "not valid UTF-8"),
        data("NUL bytes", "corpus.jsonl", goodLine(thenText: [0, 0]), line: 2, "NUL byte"),
        data(
            "a line of 10 MB", "corpus.jsonl", goodLine(thenText: [UInt8](repeating: 97, count: 10_000_000)), line: 2,
            "longer than 8 MB"),
        corpus("empty file", "corpus.jsonl", "", line: nil, "corpus is empty"),
        corpus("only blank lines", "corpus.jsonl", "\n\n \n", line: nil, "corpus is empty"),
    ]

    private static let text: [MalformedInput] = [
        corpus("TSV line without a tab", "corpus.tsv", "d1\tone\nd2 two\n", line: 2, "1 column"),
        corpus("TSV line with a column too many", "corpus.tsv", "d1\tone\nd2\ttwo\tmore\n", line: 2, "3 columns"),
        data(
            "TSV with bad UTF-8", "corpus.tsv", [100, 49, 9, 120, 10, 100, 50, 9, 0xC3, 10], line: 2, "not valid UTF-8"),
        corpus("CSV with a column twice", "corpus.csv", "id,text,year,year\nd1,one,1,2\n", line: 1, "\"year\" twice"),
        corpus("CSV without an id column", "corpus.csv", "name,text\nd1,one\n", line: 1, "no column for the id"),
        corpus(
            "CSV with an open quote", "corpus.csv", "id,text\nd1,one\nd2,\"two\nd3,three\n", line: 3, "never closed"),
        corpus(
            "CSV record with a cell too few", "corpus.csv", "id,title,text\nd1,a,b\nd2,\"c\nc\"\n", line: 3, "2 columns"
        ),
        corpus("CSV with text after a quote", "corpus.csv", "id,text\nd1,\"one\"two\n", line: 2, "after the quote"),
        corpus(
            "TREC document without an end", "corpus.trec", "<DOC>\n<DOCNO>d1</DOCNO>\n<TEXT>one\n", line: 1,
            "never closed"),
        corpus(
            "TREC document without an id", "corpus.trec", "\n<DOC>\n<TEXT>one</TEXT>\n</DOC>\n", line: 2,
            "missing <DOCNO>"),
        corpus("a file of no known format", "corpus.dat", "just some words\n", line: nil, "format cannot be told"),
        MalformedInput(
            name: "a folder without files", kind: .corpus, fileName: "folder", content: .emptyFolder, line: nil,
            fragment: "no documents", exitCode: 2),
        MalformedInput(
            name: "a corpus that is not there", kind: .corpus, fileName: "missing.jsonl", content: .nothing, line: nil,
            fragment: "no such file", exitCode: 4),
    ]

    private static let many: [UInt8] = {
        var text = ""
        for number in 0..<3_000 { text += "{\"_id\": \"d\(number)\", \"text\": \"text \(number)\"}\n" }
        return Array(text.utf8)
    }()

    private static let compressed: [MalformedInput] = [
        data(
            "truncated gzip", "corpus.jsonl.gz", Array(StoredArchives.gzip(many).dropLast(9_000)), line: nil,
            "truncated"),
        data(
            "gzip without its last byte", "corpus.jsonl.gz", Array(StoredArchives.gzip(many).dropLast(1)), line: nil,
            "truncated"),
        data(
            "truncated zstd", "corpus.jsonl.zst", Array(StoredArchives.zstd(many).dropLast(9_000)), line: nil,
            "truncated"),
        data(
            "gzip with a wrong checksum", "corpus.jsonl.gz", damaged(StoredArchives.gzip(many)), line: nil,
            "broken gzip data"),
        data("an empty file named .gz", "corpus.jsonl.gz", [], line: nil, "not gzip data"),
        data("plain text named .zst", "corpus.jsonl.zst", Array(good.utf8), line: nil, "first bytes do not"),
    ]

    private static func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[bytes.count - 6] ^= 0xFF
        return bytes
    }

    private static let queries: [MalformedInput] = [
        other(
            .queries, "query without an id", "queries.jsonl", "{\"text\": \"what\"}\n", line: 1, #"missing field "_id""#
        ),
        other(
            .queries, "duplicate query id", "queries.jsonl",
            "{\"_id\": 17, \"text\": \"a\"}\n{\"_id\": \"17\", \"text\": \"b\"}\n", line: 2,
            "duplicate query id"),
        other(.queries, "TSV query without text", "queries.tsv", "q1\twhat\nq2\n", line: 2, "1 column"),
        other(.queries, "no queries", "queries.jsonl", "", line: nil, "no queries"),
    ]

    private static let header = "query-id\tcorpus-id\tscore\n"

    private static let qrels: [MalformedInput] = [
        other(.qrels, "qrels without a header", "test.tsv", "q1\td1\t1\n", line: 1, "query-id<TAB>corpus-id<TAB>score"),
        other(
            .qrels, "qrels with a wrong header", "test.tsv", "qid\tdocid\trel\nq1\td1\t1\n", line: 1,
            "query-id<TAB>corpus-id<TAB>score"),
        other(.qrels, "qrels with two columns", "test.tsv", header + "q1\td1\n", line: 2, "2 columns"),
        other(.qrels, "a grade that is no number", "test.tsv", header + "q1\td1\tyes\n", line: 2, "not a whole number"),
        other(.qrels, "a grade that is NaN", "test.qrels", "q1 0 d1 1\nq1 0 d2 NaN\n", line: 2, "not a whole number"),
        other(
            .qrels, "a pair judged twice", "test.qrels", "q1 0 d1 1\nq1 0 d2 1\nq1 0 d1 0\n", line: 3, "judged twice"),
        other(.qrels, "only a header", "test.tsv", header, line: nil, "no judgements"),
        other(.qrels, "qrels with a NUL byte", "test.qrels", "q1 0 d1 1\nq1 0 d\u{0} 1\n", line: 2, "NUL byte"),
        MalformedInput(
            name: "qrels that are a folder", kind: .qrels, fileName: "test.tsv", content: .emptyFolder, line: nil,
            fragment: "it is a folder", exitCode: 2),
        MalformedInput(
            name: "qrels that are not there", kind: .qrels, fileName: "missing.tsv", content: .nothing, line: nil,
            fragment: "no such file", exitCode: 4),
    ]

    private static let runs: [MalformedInput] = [
        other(.run, "a run of five columns", "run.trec", "q1 Q0 d1 1 0.5\n", line: 1, "5 columns"),
        other(
            .run, "a run whose width changes", "run.trec", "q1 Q0 d1 1 0.5 x\nq1 Q0 d2 2 0.4\n", line: 2, "5 columns"),
        other(
            .run, "a score that is NaN", "run.trec", "q1 Q0 d1 1 0.5 x\nq1 Q0 d2 2 NaN x\n", line: 2,
            "not a finite number"),
        other(.run, "a score that is infinite", "run.trec", "q1 Q0 d1 1 1e999 x\n", line: 1, "not a finite number"),
        other(.run, "a score that is a word", "run.trec", "q1 Q0 d1 1 high x\n", line: 1, "not a finite number"),
        other(.run, "a document twice for a query", "run.trec", "q1 Q0 d1 1 2 x\nq1 Q0 d1 2 1 x\n", line: 2, "twice"),
        other(.run, "an MS MARCO run with scores", "run.tsv", "q1\td1\t12.5\n", line: 1, "not a positive whole number"),
        other(.run, "an empty run", "run.trec", "", line: nil, "run is empty"),
    ]

    private static let ids = #"{"query_id": "q1", "positive_ids": ["d1"], "negative_ids": ["d2"]}"# + "\n"

    private static let training: [MalformedInput] = [
        other(.training, "a row of unknown fields", "negatives.jsonl", ids + "{\"a\": 1}\n", line: 2, "missing field"),
        other(
            .training, "ids that are no list", "negatives.jsonl",
            ids + "{\"query_id\": \"q2\", \"positive_ids\": \"d1\", \"negative_ids\": []}\n",
            line: 2, "is a string"),
        other(
            .training, "a document on both sides", "negatives.jsonl",
            ids + "{\"query_id\": \"q2\", \"positive_ids\": [\"d1\"], \"negative_ids\": [\"d1\"]}\n", line: 2,
            "both positive and negative"),
        other(.training, "no training rows", "negatives.jsonl", "", line: nil, "no training examples"),
    ]
}
