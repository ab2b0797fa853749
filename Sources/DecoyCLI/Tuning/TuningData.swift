import Decoy

/// The judged queries that are tuned on; those of a test split are refused.
struct TuningData {
    /// The name of the split or, without a dataset, of the file with the judgements.
    let name: String
    let queries: [Query]
    let qrels: Qrels
    /// What a person should know of them.
    private(set) var remarks: [String] = []

    /// Reads a dataset's split, or the files; throws a `UsageProblem` for a test split unless that is allowed.
    init(dataset: String?, split: String?, queries: String?, qrels: String?, allowingTest: Bool) throws {
        if let dataset {
            name = split ?? "dev"
            try Self.refuseTest(name, "--split \(name)", allowingTest)
            let source = try BEIRDataset(path: dataset)
            guard source.splits.contains(name) else {
                let known = source.splits.filter { !Self.isTest($0) }
                let others = known.joined(separator: " or ")
                let question = Suggestion.question(for: name, among: known).map { "\($0) " } ?? ""
                throw InputErrors(
                    InputError(
                        source: source.path, problem: "the dataset has no split \(name)",
                        remedy: others.isEmpty
                            ? "keep some judged queries apart from the test split, in qrels/\(name).tsv"
                            : question + "name another with --split: \(others)"))
            }
            self.qrels = try source.qrels(split: name)
            self.queries = try source.queries(judgedIn: self.qrels, split: name)
        } else {
            let (asked, judged) = (queries ?? "-", qrels ?? "-")
            (name, self.qrels) = try Self.judgements(judged, allowingTest: allowingTest)
            let known = Set(self.qrels.queryIDs)
            var found: [Query] = []
            try QueryReader.read(asked) { found += $0.filter { known.contains($0.id) } }
            self.queries = found
            if found.isEmpty {
                throw InputErrors(
                    InputError(
                        source: asked, problem: "none of its queries is judged in \(judged)",
                        remedy: "give the judgements of these queries"))
            }
            let missing = known.count - found.count
            if missing > 0 {
                remarks.append("\(missing) judged queries are not in \(asked); they count 0 at every point")
            }
        }
    }

    /// The judgements of a file and its name; throws a `UsageProblem` for those of a test split unless that is allowed.
    static func judgements(_ path: String, allowingTest: Bool) throws -> (name: String, qrels: Qrels) {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        try refuseTest(file, "--qrels \(path)", allowingTest)
        return (file.split(separator: ".").first.map(String.init) ?? file, try QrelsReader.read(path))
    }

    /// Whether a name says that it is a test split: `test`, `test.tsv`, `qrels.test.gz`, `my-test.txt`.
    static func isTest(_ name: String) -> Bool {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.contains("test")
    }

    private static func refuseTest(_ name: String, _ option: String, _ allowed: Bool) throws {
        if !allowed, isTest(name) {
            throw UsageProblem(
                "\(option): what is tuned on a test split cannot be reported on it; tune on dev or train, or add --force"
            )
        }
    }
}
