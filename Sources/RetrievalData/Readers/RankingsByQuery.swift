/// The rankings of a run whose lines come in any order.
///
/// Rankings whose lines stand together become strings as soon as they are complete; those of a query that comes back are
/// kept as columns to the end.
struct RankingsByQuery {
    private var places: [QueryID: Int] = [:]
    private var rankings: [Ranking] = []
    /// The ranking of the last line, unless it is kept.
    private var current = RankingColumns()
    private var kept: [RankingColumns] = []
    /// For each ranking where it is kept; -1 where it is not.
    private var keptPlaces: [Int] = []
    /// The ranking of the last line; -1 before the first.
    private var place = -1

    /// Whether there was no line.
    var isEmpty: Bool { rankings.isEmpty }

    /// The query of the last line, as it was first written.
    var queryID: QueryID { place < 0 ? "" : rankings[place].queryID }

    /// Adds a line; returns whether its query had not the document yet.
    mutating func append(_ line: RunLine) -> Bool {
        if !isLastQuery(line.query) { turn(to: String(decoding: line.query, as: UTF8.self)) }
        let keptPlace = keptPlaces[place]
        return keptPlace < 0
            ? current.append(line.document, score: line.score)
            : kept[keptPlace].append(line.document, score: line.score)
    }

    /// All rankings in the total order, in the order in which their queries were first seen.
    mutating func finish() -> [Ranking] {
        complete()
        for (place, keptPlace) in keptPlaces.enumerated() where keptPlace >= 0 {
            rankings[place].documents = kept[keptPlace].documents
            kept[keptPlace] = RankingColumns()
        }
        return rankings
    }

    private func isLastQuery(_ query: UnsafeBufferPointer<UInt8>) -> Bool {
        if place < 0 { return false }
        return keptPlaces[place] < 0 ? current.isQuery(query) : kept[keptPlaces[place]].isQuery(query)
    }

    private mutating func turn(to query: QueryID) {
        let next = places[query] ?? rankings.count
        if next == place { return }
        complete()
        if next == rankings.count {
            places[query] = next
            rankings.append(Ranking(queryID: query, documents: []))
            keptPlaces.append(-1)
            current.begin(query)
        } else if keptPlaces[next] < 0 {
            keptPlaces[next] = kept.count
            kept.append(RankingColumns(rankings[next]))
            rankings[next].documents = []
        }
        place = next
    }

    /// Makes the strings of the ranking of the last line, unless it is kept.
    private mutating func complete() {
        if place >= 0, keptPlaces[place] < 0 { rankings[place].documents = current.documents }
    }
}
