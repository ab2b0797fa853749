import Decoy

/// Training and test queries made of the documents' titles, for a corpus without queries: a title asks for the text below it.
///
/// Equal titles are one query with several relevant documents. A query's split depends on its text and the seed alone.
struct TitleQueries {
    /// The share of queries in the split dev.
    let devShare: Double
    /// The share of queries in the split test.
    let testShare: Double
    let seed: UInt64

    private(set) var queries: [Query] = []
    private(set) var judgements: [String: Qrels] = [:]
    private var known: [String: QueryID] = [:]

    init(devShare: Double, testShare: Double, seed: UInt64) {
        self.devShare = devShare
        self.testShare = testShare
        self.seed = seed
    }

    /// Takes a document's title as a query; what is returned is the document without it.
    ///
    /// A document without a title or without a text below it stays as it is and gets no query.
    mutating func take(_ document: Document) -> Document {
        let title = document.title
        var body = document.text
        // A text that begins with its title would give the answer away.
        if body.hasPrefix(title) { body = String(body.dropFirst(title.count)) }
        guard title.contains(where: { $0.isLetter || $0.isNumber }), body.contains(where: \.isLetter) else {
            return document
        }
        let query = known[title] ?? "title:" + document.id
        if known.updateValue(query, forKey: title) == nil { queries.append(Query(id: query, text: title)) }
        judgements[split(title), default: Qrels()].judge(query: query, document: document.id, grade: 1)
        var document = document
        document.title = ""
        document.text = body
        return document
    }

    private func split(_ title: String) -> String {
        let place = Double(StableHash.fnv1a64(title, seed: seed) >> 11) * 0x1p-53
        if place < testShare { return "test" }
        return place < testShare + devShare ? "dev" : "train"
    }
}
