import DecoyTestSupport
import Foundation

/// A wrong call of a new user, as it stands in `Fixtures/wrong-calls.txt`.
struct WrongCall: Sendable {
    /// What is typed after `decoy`, in the folder that `folder()` makes.
    var words: [String]

    init(_ call: String) { words = call.split(separator: " ").map(String.init) }

    /// The calls, in the order of the file.
    static let all: [WrongCall] = [
        // Commands and options.
        "serch notes.index river", "help serch", "hlep search", "run mrege run.trec", "--versoin",
        "search notes.index river --querys set/queries.jsonl", "search notes.index river flood",
        "index set -o new.index --analyser english", "index set", "search notes.index --queries -k 3",
        "search notes.index river --hits 5", "search notes.index river -k5", "train set -o new.model --lr 0.01",
        // Paths.
        "search note.index river", "search notes.index --queries set/querys.jsonl", "search set river",
        "search set/corpus.jsonl river", "search notes.model river", "search notes.vectors river",
        "encode notes.index set -o new.vectors", "index notes.model -o new.index", "index empty -o new.index",
        "train set/corpus.jsonl -o new.model", "evaluate run.trec --qrels set",
        "evaluate notes.index --qrels set/qrels/test.tsv",
        "serve nothing.index",
        // Outputs.
        "index set -o notes.index", "index set -o run.trec", "search notes.index river -o set",
        "search notes.index river -o nowhere/run.trec",
        // Datasets and splits.
        "train unjudged -o new.model", "train set -o new.model --split trian", "tune notes.index set --split trian",
        "experiment set -o new --split tset",
        // Values.
        "search notes.index river -k 0", "search notes.index river -k -3", "search notes.index river -k ten",
        "search notes.index river --k1 -1", "search notes.index river --output-format trecc",
        "search notes.index river --similarity bm26", "index set -o new.index --analyzer englsh",
        "index set -o new.index --shard 4/4", "index set -o new.index --memory lots",
        "mine notes.index --queries set/queries.jsonl --qrels set/qrels/train.tsv -o new.jsonl --num-negatives 0",
        "mine notes.index --queries set/queries.jsonl --qrels set/qrels/train.tsv -o new.jsonl --output-format tripletts",
        "evaluate run.trec --qrels set/qrels/test.tsv -m ndgc@10",
        "evaluate run.trec --qrels set/qrels/test.tsv -m nDCG@0",
        "experiment set -o new --arms mindd", "serve notes.index --port 99999",
        // Contents.
        "search notes.index --queries empty.jsonl", "search notes.index --queries broken.jsonl",
        "index plain.jsonl.gz -o new.index", "index cut.jsonl.zst -o new.index", "evaluate run.trec --qrels run.trec",
        "evaluate set/qrels/test.tsv --qrels set/qrels/test.tsv",
        "mine notes.index --queries set/qrels/train.tsv --qrels set/qrels/train.tsv -o new.jsonl",
        // Configuration files.
        "search notes.index river --config none.json", "search notes.index river --config broken.json",
        "search notes.index river --config unknown.json", "search notes.index river --config kind.json",
        "run merge run.trec --config unknown.json", "search notes.index river --config kind.json --config unknown.json",
    ].map(WrongCall.init)

    /// A folder with what the calls name: a dataset, its index, a run, a model, vectors, and files that are none of these.
    static func folder() throws -> TemporaryFolder {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let files = FileManager.default
        try files.createSymbolicLink(atPath: folder.path("set"), withDestinationPath: shared.dataset)
        for (name, path) in [
            ("notes.index", shared.index), ("notes.model", shared.model), ("notes.vectors", shared.vectors),
            ("run.trec", shared.run),
        ] { try files.createSymbolicLink(atPath: folder.path(name), withDestinationPath: path) }
        try folder.makeFolder("empty")
        try folder.write("unjudged/corpus.jsonl", #"{"_id": "1", "text": "river"}"# + "\n")
        try folder.write("unjudged/queries.jsonl", #"{"_id": "1", "text": "river"}"# + "\n")
        try folder.write("empty.jsonl", "")
        try folder.write(
            "broken.jsonl",
            "\u{FEFF}{\"_id\": \"1\", \"text\": \"river\"}\r\n{\"_id\": \"2\"}\r\n{\"text\": \"mud\"\r\n")
        try folder.write("plain.jsonl.gz", #"{"_id": "1", "text": "river"}"# + "\n")
        try Data([0x28, 0xB5, 0x2F, 0xFD, 0x04]).write(to: URL(fileURLWithPath: folder.path("cut.jsonl.zst")))
        try folder.write("broken.json", "quiet = yes\n")
        try folder.write("unknown.json", #"{"outputformat": "trec", "k": 3}"#)
        try folder.write("kind.json", #"{"explain": "yes"}"#)
        return folder
    }
}
