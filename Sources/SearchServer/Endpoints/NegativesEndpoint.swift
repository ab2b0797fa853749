import LexicalSearch
import NegativeMining
import RetrievalData

/// `/negatives`: what mining would make of one query whose right answers are known, and why each other candidate was left out.
enum NegativesEndpoint {
    static let parameters = [
        Parameter(name: "q", kind: .text(limit: SearchEndpoint.queryLimit), isRequired: true),
        Parameter(name: "positive", kind: .text(limit: 512), isRequired: true, limit: 100),
        Parameter(name: "num", kind: .integer(1...100)),
        Parameter(name: "range_min", kind: .integer(0...1000)),
        Parameter(name: "range_max", kind: .integer(1...1000)),
        Parameter(name: "relative_margin", kind: .number(0...1)),
    ]

    static func answer(_ call: Route.Call) throws -> ServerResponse {
        let (arguments, collection) = (call.arguments, call.collection)
        guard let system = collection.systems.first(where: { $0.mode == .lexical }), let searcher = collection.searcher
        else { throw Problem.notFound("negatives are mined by BM25, and vectors alone are served") }
        let documents = try SearchEndpoint.texts(of: collection)
        let query = Query(id: "1", text: try arguments.required("q"))
        var qrels = Qrels()
        for id in arguments.texts("positive") {
            guard try searcher.reader.contains(id) else {
                throw Problem.badRequest("positive: no document has the id \(Parameter.shown(id))")
            }
            qrels.judge(query: query.id, document: id, grade: 1)
        }
        let mined = try mine(query, qrels, documents, system.retriever, call)
        let fates = mined.fates.filter { $0.fate != RejectionReason.positive.rawValue }
        let ids = mined.positives.map(\.document) + fates.map(\.document)
        let list = HitList(
            collection: collection, highlighter: try SearchEndpoint.highlighter(for: query.text, collection))
        var json = JSONWriter()
        try json.object { json in
            json.field("query", query.text)
            json.field("commit", collection.commit)
            json.field("positives", json: try JSONWriter.encoded(mined.positives))
            json.field("negatives", json: try JSONWriter.encoded(fates.filter { $0.fate == CandidateFate.kept }))
            json.field("rejected", json: try JSONWriter.encoded(fates.filter { $0.fate != CandidateFate.kept }))
            try json.field("documents") { try list.writeSummaries(of: ids, to: &$0) }
        }
        return .json(json)
    }

    /// Mines as `decoy mine` does where too few labels are at hand to fit an estimate of unlabelled positives: with its standard coefficients,
    /// unless a margin is asked for.
    private static func mine(
        _ query: Query, _ qrels: Qrels, _ documents: any DocumentStore, _ retriever: any Retriever, _ call: Route.Call
    ) throws -> MinedQuery {
        let margin = call.arguments.number("relative_margin")
        let options = MiningOptions(
            numNegatives: call.arguments.integer("num") ?? 5, rangeMin: call.arguments.integer("range_min") ?? 0,
            rangeMax: call.arguments.integer("range_max") ?? 100, relativeMargin: margin)
        do {
            try options.validate()
        } catch let error as MiningError {
            throw Problem.badRequest("\(error)")
        }
        let estimator = margin == nil ? try call.collection.falseNegativeEstimator(documents) : nil
        let miner = try HardNegativeMiner(
            retriever: retriever, documents: documents, options: options, estimator: estimator, explains: true)
        var found: MinedQuery?
        _ = try miner.mine(queries: [query], qrels: qrels) { found = $0 }
        guard let found else { throw Problem(500, "mining gave no answer") }
        return found
    }
}
