import ArgumentParser
import Decoy

/// The options of mining: which candidates are looked at, which are rejected, and how the negatives are chosen.
struct MiningFlags: ParsableArguments {
    @Option(help: "How many of the best candidates are passed over.")
    var rangeMin = 0

    @Option(help: "The rank at which candidates end.")
    var rangeMax = 100

    @Option(
        help:
            "Which documents may become negatives: corpus, or train-positives, those that are relevant to some query of the judgements (for small closed corpora)."
    )
    var pool: NegativePool = .corpus

    @Option(help: "Negatives for each query. (default: 5, with --mix the sum of the shares)")
    var numNegatives: Int?

    @Option(
        help: ArgumentHelp(
            """
            Take negatives from several sources, in proportion to their shares, such as bm25=3,dense=2,random=1: \
            \(MixedSource.allCases.map(\.rawValue).joined(separator: ", ")); neighbours are those of a positive document.
            """, valueName: "shares"))
    var mix: NegativeShares?

    @Option(
        help:
            "How negatives are chosen from the survivors: the best, any, by the nearness to the positive's score, unlike one another, or easy to hard."
    )
    var sampling: MiningOptions.Sampling = .top

    @Option(help: "How fast the chance falls with the distance from the positive's score (score-weighted).")
    var scoreSharpness = 1.0

    @Option(
        parsing: .unconditional,
        help:
            "Where the chance is greatest, in standard deviations of the scores above the positive's (score-weighted)."
    )
    var scoreOffset = 0.0

    @Option(help: "The weight of the score beside that of the difference from other negatives, 0 to 1 (diverse).")
    var relevanceWeight = 0.5

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Keep a candidate only this share below the positive's score, instead of the estimate of false negatives unless that is \
            asked for too; a negative number stands for no margin. (default: 0.05 where there is no estimate)
            """)
    )
    var relativeMargin: Double?

    @Option(parsing: .unconditional, help: "Keep a candidate only this far below the positive's score.")
    var absoluteMargin: Double?

    @Option(help: "Which of the positives' scores margins are taken from.")
    var marginAgainst: PositiveReference = .lowest

    @Option(parsing: .unconditional, help: "Keep a candidate only up to this score.")
    var maxScore: Double?

    @Option(parsing: .unconditional, help: "Keep a candidate only from this score on.")
    var minScore: Double?

    @Option(help: "Reject documents with a positive's or a better candidate's text, or also with one near it.")
    var dedupe: MiningOptions.Deduplication = .exact

    @Option(help: "The share of common shingles (Jaccard) from which texts are near duplicates.")
    var nearDuplicateThreshold = 0.8

    @Option(help: "What shingles, the parts that texts are compared by, are runs of.")
    var shingles: Shingling.Unit = .characters

    @Option(help: "The length of a shingle. (default: 5 characters or 3 words)")
    var shingleLength: Int?

    @Flag(help: "Queries are documents under their own ids: reject a query's own document, and its text.")
    var queriesAreDocuments = false

    @Option(
        help:
            "Where too few survive: keep what there is, look deeper first, fill up with random documents, or leave the query out."
    )
    var ifTooFew: MiningOptions.Shortfall = .widen

    @Option(help: "The seed of random choices.")
    var seed: UInt64 = 0

    @OptionGroup var evidence: EvidenceFlags

    @OptionGroup var estimate: EstimateFlags

    /// The options as the library takes them; `defaultMargin` is the relative margin unless one was given.
    func options(defaultMargin: Double? = EstimateChoice.margin) throws -> MiningOptions {
        let options = MiningOptions(
            numNegatives: numNegatives ?? mix?.total ?? 5, rangeMin: rangeMin, rangeMax: rangeMax, sampling: sampling,
            relativeMargin: relativeMargin.map { $0 < 0 ? nil : $0 } ?? defaultMargin, absoluteMargin: absoluteMargin,
            maxScore: maxScore, minScore: minScore, marginAgainst: marginAgainst, dedupe: dedupe,
            nearDuplicateThreshold: nearDuplicateThreshold,
            shingling: Shingling(unit: shingles, length: shingleLength ?? (shingles == .words ? 3 : 5)),
            queriesAreDocuments: queriesAreDocuments, scoreSharpness: scoreSharpness, scoreOffset: scoreOffset,
            relevanceWeight: relevanceWeight, seed: seed, ifTooFew: ifTooFew)
        do {
            try options.validate()
        } catch {
            throw UsageProblem(OptionSpelling.sentence(String(describing: error)))
        }
        return options
    }

    /// A miner of an opened source, with all filters and sources of candidates that were asked for, what was chosen by default, and the teacher.
    func miner(
        of source: MiningSource, documents: any DocumentStore, queries: QueryFile, qrels: Qrels,
        filters additional: [any FalseNegativeFilter] = [], explains: Bool, threads: Int
    ) throws -> (miner: HardNegativeMiner, choice: EstimateChoice, teacher: (any Retriever)?) {
        let mixture = try mix?.mixture(of: source.opened) ?? NegativeMixture(source.opened.candidates)
        let filters = try evidence.filters(
            documents: documents, qrels: qrels, marginAgainst: marginAgainst, threads: threads)
        var choice = EstimateChoice()
        if relativeMargin == nil || estimate.demand != nil {
            choice = try EstimateChoice(
                estimate, mixture: mixture, source: source, queries: queries, qrels: qrels, pool: pool.documents(qrels),
                options: try options(),
                threads: threads)
        }
        var miner = try HardNegativeMiner(
            mixture: mixture, documents: documents, options: try options(defaultMargin: choice.defaultMargin),
            pool: pool.documents(qrels), filters: filters + additional, estimators: choice.estimators,
            explains: explains)
        miner.threads = threads
        let teacher = filters.lazy.compactMap { $0 as? TeacherFilter }.first
        // A slow teacher's progress is seen sooner in small batches.
        if teacher?.scoresOnDemand == true { miner.batchSize = 32 }
        return (miner, choice, teacher?.teacher)
    }

    /// What was done for queries with too few survivors, for people; nil where nothing was.
    static func shortfall(_ report: MiningReport) -> String? {
        let parts = [
            (report.widenedQueries, "looked deeper for \(report.widenedQueries) queries"),
            (
                report.filledQueries,
                "filled \(report.filledQueries) queries up with \(report.randomNegatives) random documents"
            ),
            (report.droppedQueries, "dropped \(report.droppedQueries) queries"),
        ].filter { $0.0 > 0 }
        return parts.isEmpty ? nil : parts.map(\.1).joined(separator: ", ")
    }
}

extension MiningOptions.Sampling: ExpressibleByArgument {}
extension MiningOptions.Deduplication: ExpressibleByArgument {}
extension MiningOptions.Shortfall: ExpressibleByArgument {}
extension PositiveReference: ExpressibleByArgument {}
extension Shingling.Unit: ExpressibleByArgument {}
