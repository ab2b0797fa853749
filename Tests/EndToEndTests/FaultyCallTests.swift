import DecoyTestSupport
import Foundation
import Testing

/// A call that must fail: its arguments, its exit code, and what must be said.
struct FaultyCall: Sendable, CustomTestStringConvertible {
    var name: String
    var status: Int32
    var fragments: [String]
    var arguments: @Sendable (Prepared, TemporaryFolder) throws -> [String]

    var testDescription: String { name }

    init(
        _ name: String, _ status: Int32, _ fragments: [String],
        _ arguments: @escaping @Sendable (Prepared, TemporaryFolder) throws -> [String]
    ) {
        (self.name, self.status, self.fragments, self.arguments) = (name, status, fragments, arguments)
    }

    private static let nothing: [FaultyCall] = [
        .init("index of a missing dataset", 4, ["none", "no such file"]) {
            ["index", $1.path("none"), "-o", $1.path("o")]
        },
        .init("experiment on a missing dataset", 4, ["none", "no such file"]) {
            ["experiment", $1.path("none"), "-o", $1.path("o")]
        },
        .init("training on a missing dataset", 4, ["none", "no such file"]) {
            ["train", $1.path("none"), "-o", $1.path("o")]
        },
        .init("training on a missing split", 4, ["qrels/odd.tsv", "the dataset has dev, test, train"]) {
            ["train", $0.dataset, "--split", "odd", "-o", $1.path("o")]
        },
        .init("experiment without a split to train on", 2, ["no split odd", "--train-split"]) {
            ["experiment", $0.dataset, "--train-split", "odd", "-o", $1.path("o")]
        },
        .init("search of a missing index", 4, ["none", "no such file"]) { ["search", $1.path("none"), "x"] },
        .init("search with missing vectors", 4, ["none", "no such file"]) {
            ["search", $0.index, "--dense", $1.path("none"), "--model", $0.model, "x"]
        },
        .init("encoding with a missing model", 4, ["none", "no such file"]) {
            ["encode", $1.path("none"), $0.dataset, "-o", $1.path("o")]
        },
        .init("evaluation of a missing run", 4, ["none.trec", "no such file"]) {
            ["evaluate", $1.path("none.trec"), "--qrels", $0.test, "-o", $1.path("o")]
        },
        .init("a missing configuration file", 4, ["none.json", "no such file"]) {
            ["search", $0.index, "x", "--config", $1.path("none.json")]
        },
    ]

    private static let wrongThings: [FaultyCall] = [
        .init("search of a file", 2, ["corpus.jsonl", "neither an index"]) { shared, _ in
            ["search", shared.corpus, "x"]
        },
        .init("search of a model", 64, ["is a model", "decoy encode"]) { shared, _ in ["search", shared.model, "x"] },
        .init("search of vectors without their model", 64, ["--model"]) { shared, _ in ["search", shared.vectors, "x"]
        },
        .init("mining of vectors alone", 64, ["text"]) {
            [
                "mine", $0.vectors, "--model", $0.model, "--queries", $0.queries, "--qrels", $0.train, "-o",
                $1.path("o"),
            ]
        },
        .init("encoding with an index", 64, ["is an index, and a model is needed"]) {
            ["encode", $0.index, $0.dataset, "-o", $1.path("o")]
        },
        .init("vectors in the place of their model", 64, ["is a vector folder, and a model is needed"]) { shared, _ in
            ["search", shared.vectors, "--model", shared.vectors, "x"]
        },
        .init("an index in the place of vectors", 64, ["is an index, and a vector folder is needed"]) { shared, _ in
            ["search", shared.index, "--dense", shared.index, "--model", shared.model, "x"]
        },
        .init("check of a dataset", 2, ["neither an index"]) { shared, _ in ["check", shared.dataset] },
        .init("a dataset that is a file", 2, ["corpus.jsonl", "it is a file"]) {
            ["train", $0.corpus, "-o", $1.path("o")]
        },
        .init("an empty corpus", 2, ["empty.jsonl", "corpus is empty"]) {
            ["index", try $1.write("empty.jsonl", ""), "-o", $1.path("o")]
        },
        .init("an empty corpus to encode", 2, ["empty.jsonl", "corpus is empty"]) {
            ["encode", $0.model, try $1.write("empty.jsonl", ""), "-o", $1.path("o")]
        },
        .init("a configuration file that is no JSON", 2, ["bad.json", "JSON object"]) {
            ["search", $0.index, "x", "--config", try $1.write("bad.json", "quiet = yes")]
        },
        .init("judgements of queries that the dataset lacks", 2, ["train.tsv", "q9", "not in queries.jsonl"]) {
            let path = try SampleDataset().write(into: $1, as: "set")
            try $1.write("set/qrels/train.tsv", "query-id\tcorpus-id\tscore\nq9\tbank-river-0\t1\n")
            return ["train", path, "-o", $1.path("o")]
        },
        .init("judgements of documents that the dataset lacks", 2, ["train.tsv", "nowhere", "not in the corpus"]) {
            let path = try SampleDataset().write(into: $1, as: "set")
            try $1.write("set/qrels/train.tsv", "query-id\tcorpus-id\tscore\nq-bank-river-0\tnowhere\t1\n")
            return ["experiment", path, "-o", $1.path("o")]
        },
    ]

    private static let usage: [FaultyCall] = [
        .init("weights for an index without fields", 64, ["holds no fields", "--fields title,text"]) { shared, _ in
            ["search", shared.index, "x", "--fields", "title=2"]
        },
        .init("weights for vectors", 64, ["--fields", "vectors"]) { shared, _ in
            ["search", shared.vectors, "--model", shared.model, "x", "--fields", "title=2"]
        },
        .init("a weight that is none", 64, ["'title'", "-1"]) {
            ["index", $0.corpus, "-o", $1.path("o"), "--fields", "title=-1"]
        },
        .init("a field that cannot be a file's name", 64, ["'../x'"]) {
            ["index", $0.corpus, "-o", $1.path("o"), "--fields", "title,../x"]
        },
        .init("fields for an index that is there", 64, ["says which fields"]) { shared, _ in
            ["index", shared.corpus, "-o", shared.index, "--update", "--fields", "title"]
        },
        .init("more documents than can be counted", 64, ["-k"]) { shared, _ in
            ["search", shared.index, "--queries", shared.queries, "--exclude-query-id", "-k", "9223372036854775807"]
        },
        .init("an empty list of measures", 64, ["--measures"]) {
            ["evaluate", $0.run, "--qrels", $0.test, "-m", "", "-o", $1.path("o")]
        },
        .init("an experiment without measures", 64, ["--measures"]) {
            ["experiment", $0.dataset, "-m", " ", "-o", $1.path("o")]
        },
        .init("a learning rate that is no number", 64, ["--learning-rate: nan"]) {
            ["train", $0.dataset, "-o", $1.path("o"), "--learning-rate", "nan"]
        },
        .init("a margin that is no number", 64, ["--relative-margin nan"]) {
            [
                "mine", $0.index, "--queries", $0.queries, "--qrels", $0.train, "-o", $1.path("o"), "--relative-margin",
                "nan",
            ]
        },
        .init("an unknown command", 64, ["fetch"]) { _, _ in ["fetch"] },
        .init("an unknown option", 64, ["--colour"]) { shared, _ in ["search", shared.index, "x", "--colour"] },
        .init("neither query nor queries", 64, ["--queries"]) { shared, _ in ["search", shared.index] },
        .init("both query and queries", 64, ["--queries"]) {
            ["search", $0.index, "x", "--queries", $0.queries, "-o", $1.path("o")]
        },
        .init("an unknown analyzer", 64, ["klingon", "english"]) {
            ["index", $0.dataset, "-o", $1.path("o"), "--analyzer", "klingon"]
        },
        .init("an unknown analyzer of an experiment", 64, ["klingon", "english"]) {
            ["experiment", $0.dataset, "-o", $1.path("o"), "--analyzer", "klingon"]
        },
        .init("an unknown measure", 64, ["nDCG[@k]", "Glory@3"]) {
            ["evaluate", $0.run, "--qrels", $0.test, "-m", "Glory@3", "-o", $1.path("o")]
        },
        .init("an unknown measure of an experiment", 64, ["Glory@3"]) {
            ["experiment", $0.dataset, "-m", "Glory@3", "-o", $1.path("o")]
        },
        .init("an unknown format", 64, ["yaml"]) { ["index", $0.dataset, "-o", $1.path("o"), "--format", "yaml"] },
        .init("no documents wanted", 64, ["-k"]) { shared, _ in ["search", shared.index, "x", "-k", "0"] },
        .init("b outside its range", 64, ["--b"]) { shared, _ in ["search", shared.index, "x", "--b", "1.5"] },
        .init("k1 that is no number", 64, ["--k1"]) { shared, _ in ["search", shared.index, "x", "--k1", "nan"] },
        .init("k1 beyond all use", 64, ["--k1", "1e9"]) { shared, _ in ["search", shared.index, "x", "--k1", "1e300"] },
        .init("a query by hand without its own document", 64, ["--exclude-query-id", "--queries"]) { shared, _ in
            ["search", shared.index, "x", "--exclude-query-id"]
        },
        .init("a model without vectors", 64, ["--model", "--dense"]) { shared, _ in
            ["search", shared.index, "x", "--model", shared.model]
        },
        .init("a fusion without vectors", 64, ["--fuse", "--dense"]) { shared, _ in
            ["search", shared.index, "x", "--fuse", "rrf"]
        },
        .init("a weight of cosines in a fusion of ranks", 64, ["--dense-weight", "rrf"]) { shared, _ in
            let hybrid = ["--dense", shared.vectors, "--model", shared.model, "--fuse", "rrf", "--dense-weight", "2"]
            return ["search", shared.index, "x"] + hybrid
        },
        .init("vectors beside vectors", 64, ["--dense", "vector folder"]) { shared, _ in
            ["search", shared.vectors, "x", "--model", shared.model, "--dense", shared.vectors]
        },
        .init("BM25 of vectors", 64, ["--k1", "vectors"]) { shared, _ in
            ["search", shared.vectors, "x", "--model", shared.model, "--k1", "2"]
        },
        .init("one file for two outputs", 64, ["--explain", "a file each"]) {
            let path = $1.path("o")
            return ["mine", $0.index, "--queries", $0.queries, "--qrels", $0.train, "-o", path, "--explain", path]
        },
        .init("mining of an index without text", 64, ["no texts for triplet rows", "--corpus"]) {
            let index = $1.path("index")
            _ = try DecoyProcess.run(["index", $0.corpus, "-o", index, "--without-text", "-q"])
            return ["mine", index, "--queries", $0.queries, "--qrels", $0.train, "-o", $1.path("o")]
        },
        .init(
            "mining with judgements of documents that the index lacks", 2,
            ["train.tsv: document ", "not among the documents"]
        ) {
            let index = $1.path("index")
            let part = try $1.write("part.jsonl", #"{"_id": "x", "text": "bank river mud water"}"# + "\n")
            _ = try DecoyProcess.run(["index", part, "-o", index, "-q"])
            return ["mine", index, "--queries", $0.queries, "--qrels", $0.train, "-o", $1.path("o")]
        },
        .init("an id in two corpora", 2, ["a.jsonl, ", "b.jsonl: document 2 has the id 'x' of document 1"]) {
            let line = #"{"_id": "x", "text": "y"}"# + "\n"
            return ["index", try $1.write("a.jsonl", line), try $1.write("b.jsonl", line), "-o", $1.path("o")]
        },
        .init("an id that the index holds", 2, ["more.jsonl", "already holds a document 'bank-river-0'"]) {
            let line = #"{"_id": "bank-river-0", "text": "y"}"# + "\n"
            return ["index", try $1.write("more.jsonl", line), "-o", $0.index, "--append"]
        },
        .init("too many threads", 64, ["--threads"]) {
            ["index", $0.dataset, "-o", $1.path("o"), "--threads", "99999"]
        },
        .init("ranks that end before they begin", 64, ["range"]) {
            [
                "mine", $0.index, "--queries", $0.queries, "--qrels", $0.train, "-o", $1.path("o"), "--range-min", "9",
                "--range-max", "3",
            ]
        },
        .init("a negative number of epochs", 64, ["epochs"]) {
            ["train", $0.dataset, "-o", $1.path("o"), "--epochs=-1"]
        },
        .init("lengths beyond the dimension", 64, ["--matryoshka", "from 1 to the dimension, 32"]) {
            ["train", $0.dataset, "-o", $1.path("o"), "--dimension", "32", "--matryoshka", "16,64"]
        },
        .init("lengths that are none", 64, ["--matryoshka", "16;32"]) {
            ["train", $0.dataset, "-o", $1.path("o"), "--matryoshka", "16;32"]
        },
        .init("a decay without the optimizer that has one", 64, ["--weight-decay", "adamw"]) {
            ["train", $0.dataset, "-o", $1.path("o"), "--weight-decay", "0.1"]
        },
        .init("a batch without end", 64, ["--batch-size", "1 to 16777216"]) {
            ["train", $0.dataset, "-o", $1.path("o"), "--batch-size", "9223372036854775807"]
        },
        .init("an experiment with a teacher's loss", 64, ["--loss kl", "decoy train"]) {
            ["experiment", $0.dataset, "-o", $1.path("o"), "--loss", "kl"]
        },
        .init("vectors without dimensions", 64, ["dimension"]) {
            ["train", $0.dataset, "-o", $1.path("o"), "--dimension", "0"]
        },
        .init("no seeds", 64, ["--seeds"]) { ["experiment", $0.dataset, "-o", $1.path("o"), "--seeds", "0"] },
        .init("a configuration with an unknown option", 64, ["colour"]) {
            ["search", $0.index, "x", "--config", try $1.write("c.json", #"{"colour": "red"}"#)]
        },
    ]

    static let all = nothing + wrongThings + usage
}

@Suite("Faulty calls", .tags(.endToEnd, .fault))
struct FaultyCallTests {
    @Test(
        "Every faulty call ends with its exit code, says what is wrong, and leaves nothing.", arguments: FaultyCall.all)
    func refused(_ call: FaultyCall) throws {
        let folder = try TemporaryFolder()
        let arguments = try call.arguments(Prepared.shared(), folder)
        let outcome = try DecoyProcess.run(arguments)
        #expect(outcome.status == call.status, "\(outcome.messages)")
        #expect(outcome.output.isEmpty)
        for fragment in call.fragments { #expect(outcome.messages.contains(fragment), "\(outcome.messages)") }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("o") }
        #expect(left.isEmpty)
    }
}
