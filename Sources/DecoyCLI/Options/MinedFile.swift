import Decoy

/// A file of mined negatives, resolved to ids.
struct MinedFile {
    /// For each query its negatives, in the order of the file.
    private(set) var negatives: [QueryID: [DocumentID]] = [:]
    /// The rows as examples, each with its scores where the file has them.
    let examples: [Triplet]
    private let pool: [DocumentID]

    /// Reads ids, or texts that are found among the queries and documents; with `requiringScores` every row must have scores.
    init(path: String, queries: [Query], documents: [Document], requiringScores: Bool = false) throws {
        let queryByText = Dictionary(queries.map { ($0.text, $0.id) }, uniquingKeysWith: { first, _ in first })
        let documentByText = Dictionary(documents.map { ($0.contents, $0.id) }, uniquingKeysWith: { first, _ in first })
        var seen: [QueryID: Set<DocumentID>] = [:]
        examples = try TrainingRowReader.triplets(
            path, requiringScores: requiringScores, queryID: { queryByText[$0] }, documentID: { documentByText[$0] })
        for triplet in examples {
            for document in triplet.negatives where seen[triplet.query, default: []].insert(document).inserted {
                negatives[triplet.query, default: []].append(document)
            }
        }
        pool = documents.map(\.id)
    }

    /// The negatives as they are, or as candidates that the model ranks again every `refresh` epochs, or as many steps as the options say.
    func source(options: TrainingOptions, refresh: Int) -> NegativeSource {
        if refresh == 0, options.refreshSteps == 0 {
            return .fixed(
                negatives, count: options.negativesPerQuery, pool: pool, order: options.negativeOrder)
        }
        var mining = ModelMining(
            candidates: negatives, count: options.negativesPerQuery, relativeMargin: options.relativeMargin,
            refreshEvery: max(1, refresh), pool: pool)
        mining.refreshSteps = options.refreshSteps
        return .reranked(mining)
    }
}
