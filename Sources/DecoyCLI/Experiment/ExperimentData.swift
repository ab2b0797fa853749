import Decoy
import DurableStorage

/// A dataset in memory, with what the experiment asks of its splits.
struct ExperimentData: Sendable {
    /// One split: its judgements and the queries that have them.
    struct Split: Sendable {
        var name: String
        var queries: [Query]
        var qrels: Qrels

        /// Those of the queries that are wanted.
        func filtered(name: String, _ wanted: (QueryID) -> Bool) -> Split {
            var part = Split(name: name, queries: queries.filter { wanted($0.id) }, qrels: Qrels())
            for query in qrels.queryIDs where wanted(query) {
                for (document, grade) in qrels[query].sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
                {
                    part.qrels.judge(query: query, document: document, grade: grade)
                }
            }
            return part
        }

        /// What tells the queries and judgements from others: a checksum of both.
        var fingerprint: String {
            var checksum = CRC32C()
            func update(_ text: String) { Array((text + "\u{0}").utf8).withUnsafeBytes { checksum.update($0) } }
            for query in queries { update(query.id + "\u{0}" + query.text) }
            for query in qrels.queryIDs {
                for (document, grade) in qrels[query].sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
                {
                    update("\(query)\u{0}\(document)\u{0}\(grade)")
                }
            }
            return "\(name) \(queries.count) \(String(checksum.value, radix: 16))"
        }
    }

    let name: String
    let documents: [Document]
    let train: Split
    /// The split that options are tuned on, and the training queries that remain for tuning.
    let tuning: Split
    let tuningTrain: Split
    let test: Split
    /// Whether dev is a split of its own, which nothing is trained on.
    var hasDev: Bool { tuningTrain.queries.count == train.queries.count }
    /// What a reader must know of the splits.
    let notes: [String]

    /// Reads a dataset; where it has no dev split a fifth of the training queries serves for tuning.
    init(_ dataset: BEIRDataset, options: ExperimentOptions, progress: (Int) -> Void) throws {
        var notes: [String] = []
        func split(_ name: String) throws -> Split {
            let qrels = try dataset.qrels(split: name)
            return Split(name: name, queries: try dataset.queries(judgedIn: qrels, split: name), qrels: qrels)
        }
        guard dataset.splits.contains(options.trainSplit) else {
            let question = Suggestion.question(for: options.trainSplit, among: dataset.splits).map { "\($0) " } ?? ""
            throw InputErrors(
                InputError(
                    source: dataset.path, problem: "the dataset has no split \(options.trainSplit) to train on",
                    remedy: question
                        + "add qrels/\(options.trainSplit).tsv, or name another with --train-split"))
        }
        train = try split(options.trainSplit)
        test = try split(options.split)
        if dataset.splits.contains(options.devSplit), options.devSplit != options.split {
            tuning = try split(options.devSplit)
            tuningTrain = train
        } else {
            let held: (QueryID) -> Bool = { StableHash.fnv1a64(Array($0.utf8)) % 5 == 0 }
            tuning = train.filtered(name: "a fifth of \(options.trainSplit)", held)
            tuningTrain = train.filtered(name: "four fifths of \(options.trainSplit)") { !held($0) }
            notes.append(
                "The dataset has no split \(options.devSplit) apart from the test split, so options were tuned on a fifth of "
                    + "the training queries; the final models are trained on all of them.")
        }
        if tuning.qrels == test.qrels { notes.append("The dev and test splits are the same: figures are too good.") }
        var documents: [Document] = []
        try dataset.documents { batch in
            documents += batch
            progress(documents.count)
        }
        name = dataset.name
        self.documents = documents
        self.notes = notes
        try Self.checkPositives(of: [train, test], among: documents, dataset: dataset)
    }

    /// Judged relevant documents that the corpus lacks are an input error.
    private static func checkPositives(of splits: [Split], among documents: [Document], dataset: BEIRDataset) throws {
        let known = Set(documents.map(\.id))
        var errors = InputErrors()
        for split in splits {
            for query in split.qrels.queryIDs {
                for document in split.qrels.relevant(to: query) where !known.contains(document) {
                    let error = InputError(
                        source: dataset.qrelsPath(split: split.name) ?? split.name,
                        problem: "document \(document), relevant to query \(query), is not in the corpus",
                        remedy: "add the document, or remove the judgement")
                    guard errors.add(error) else { throw errors }
                }
            }
        }
        try errors.throwIfAny()
    }
}
