import ArgumentParser
import Decoy

/// The options of what goes with a lexical search: a filter, feedback before it, proximity behind it.
struct StageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only documents whose metadata fulfil a condition, such as 'year >= 2020 and lang = de'.",
            valueName: "expression"))
    var filter: String?

    @Option(
        help: ArgumentHelp(
            "Rank the best documents again by BM25 plus so many times the nearness of the query's words (0.5 to 1 is usual; needs index --positions).",
            valueName: "weight"))
    var proximity = 0.0

    @Option(
        help: ArgumentHelp("How many documents of a query --proximity ranks again. (default: 1000)", valueName: "n"))
    var proximityDepth: Int?

    @Flag(help: "Expand each query by terms of the documents that it finds first (RM3), and search again.")
    var rm3 = false

    @Option(name: .customLong("rm3-documents"), help: "How many documents --rm3 looks at. (default: 10)")
    var rm3Documents: Int?

    @Option(name: .customLong("rm3-terms"), help: "How many terms --rm3 takes from them. (default: 10)")
    var rm3Terms: Int?

    @Option(name: .customLong("rm3-weight"), help: "The weight of the original query in --rm3, 0 to 1. (default: 0.5)")
    var rm3Weight: Double?

    func validate() throws {
        if let filter {
            do { _ = try MetadataFilter(filter) } catch { throw ValidationError("\(error)") }
        }
        guard (0...1e9).contains(proximity) else { throw ValidationError("--proximity \(proximity): give 0 to 1e9") }
        if let proximityDepth {
            guard proximityDepth >= 1 else {
                throw ValidationError("--proximity-depth \(proximityDepth): give 1 or more")
            }
            guard proximity > 0 else { throw ValidationError("--proximity-depth goes with --proximity WEIGHT") }
        }
        guard rm3 || (rm3Documents == nil && rm3Terms == nil && rm3Weight == nil) else {
            throw ValidationError("--rm3-documents, --rm3-terms and --rm3-weight go with --rm3")
        }
        guard (1...1000).contains(expansion.documents) else {
            throw ValidationError("--rm3-documents \(expansion.documents): give 1 to 1000")
        }
        guard (1...1000).contains(expansion.terms) else {
            throw ValidationError("--rm3-terms \(expansion.terms): give 1 to 1000")
        }
        guard (0...1).contains(expansion.weight) else {
            throw ValidationError("--rm3-weight \(expansion.weight): give 0 to 1")
        }
        guard !rm3 || proximity == 0 else { throw ValidationError("give --rm3 or --proximity, not both") }
    }

    private var expansion: RM3 {
        RM3(documents: rm3Documents ?? 10, terms: rm3Terms ?? 10, weight: rm3Weight ?? 0.5)
    }

    /// The searcher itself, or with the stage that is asked for; `feedback` finds the feedback documents, where another does.
    func retriever(_ searcher: Searcher, feedback: Searcher? = nil) throws -> any Retriever {
        if rm3 { return try FeedbackRetriever(searcher, model: expansion, feedback: feedback) }
        if proximity == 0 { return searcher }
        guard searcher.reader.summary.storesPositions else {
            throw UsageProblem("--proximity: \(searcher.reader.path) \(Self.positionsRemedy)")
        }
        return try ProximityRetriever(searcher, weight: proximity, depth: proximityDepth ?? 1000)
    }

    /// What to say of an index where positions are needed.
    static let positionsRemedy = "holds no token positions; build it again with decoy index --positions"

    /// Refuses what has no meaning for vectors.
    func requireNone(_ path: String) throws {
        if proximity > 0 { throw UsageProblem("--proximity needs a lexical index; \(path) is a vector folder") }
        if filter != nil { throw UsageProblem("--filter needs a lexical index; vectors hold no metadata") }
        if rm3 { throw UsageProblem("--rm3 needs a lexical index; vectors have no terms") }
    }
}
