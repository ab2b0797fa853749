import Decoy

/// What an interactive search holds between two lines: the opened index, the last question and the hits shown so far.
struct InteractiveSession {
    /// Opens the index with a filter.
    private let open: (String?) throws -> SearchTarget
    private(set) var target: SearchTarget
    private(set) var filter: String?
    /// How many hits an answer has.
    var k: Int
    private var question: SearchTarget.Question?
    private var hits: [ScoredDocument] = []
    /// The hits of the last answer.
    private var page = 0..<0

    /// A session over an index that `open` opens.
    init(k: Int, filter: String?, open: @escaping (String?) throws -> SearchTarget) throws {
        self.open = open
        self.k = k
        self.filter = filter
        target = try open(filter)
    }

    /// Answers a query.
    mutating func ask(_ text: String) throws -> String { try ask(.text(text)) }

    /// The documents nearest to a hit; they become the hits that ranks speak of.
    mutating func neighbors(of rank: Int) throws -> String { try ask(.neighbors(of: try hit(rank).id)) }

    /// The next hits of the last question.
    mutating func more() throws -> String {
        guard let question else { throw Self.nothingAsked }
        // A longer answer of a graph or a hybrid may rank anew; what was shown stays as it is.
        let shown = Set(hits.map(\.id))
        let found = try target.hits(for: question, k: hits.count + k).filter { !shown.contains($0.id) }.prefix(k)
        guard !found.isEmpty else { throw Self.nothingMore }
        return try append(Array(found), question)
    }

    /// How the score of a hit, or of those last shown, comes about.
    func explain(_ rank: Int?) throws -> String {
        guard let question else { throw Self.nothingAsked }
        if let rank { _ = try hit(rank) }
        let range = rank.map { $0 - 1..<$0 } ?? page
        return try target.text(of: Array(hits[range]), from: range.lowerBound + 1, for: question, explained: true)
    }

    /// The whole document of a hit.
    func show(_ rank: Int) throws -> String {
        let hit = try hit(rank)
        guard let question else { throw Self.nothingAsked }
        return try target.document(hit.id, for: question)
    }

    /// Opens the index anew and asks the last query again.
    mutating func reload() throws -> String? { try reload(filter: filter) }

    /// Takes another filter, or none; the one before stays where it cannot be used.
    mutating func reload(filter: String?) throws -> String? {
        target = try open(filter)
        self.filter = filter
        let last = question
        (question, hits, page) = (nil, [], 0..<0)
        guard case .text(let text) = last else { return nil }
        return try ask(text)
    }

    /// How many hits were shown last.
    var shown: Int { page.count }

    private mutating func ask(_ question: SearchTarget.Question) throws -> String {
        let found = try target.hits(for: question, k: k)
        let text = try target.text(of: found, from: 1, for: question)
        (self.question, hits, page) = (question, found, found.indices)
        return text
    }

    private mutating func append(_ found: [ScoredDocument], _ question: SearchTarget.Question) throws -> String {
        let text = try target.text(of: found, from: hits.count + 1, for: question)
        page = hits.count..<hits.count + found.count
        hits += found
        return text
    }

    private func hit(_ rank: Int) throws -> ScoredDocument {
        guard question != nil else { throw Self.nothingAsked }
        guard hits.indices.contains(rank - 1) else {
            throw UsageProblem(
                hits.isEmpty ? "the last answer has no hits" : "there is no hit \(rank): give 1 to \(hits.count)")
        }
        return hits[rank - 1]
    }

    private static let nothingAsked = UsageProblem("nothing was asked yet: type a query first")
    private static let nothingMore = UsageProblem("there are no more hits")
}
