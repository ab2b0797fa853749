import RetrievalData

/// Keeps a fixed number of items, those with the lowest keys, in whatever order they come.
struct LowestItems<Item> {
    /// Orders items: a number, then chance, then the query's id.
    struct Key: Comparable {
        var order = 0
        var draw: UInt64
        var query: QueryID

        static func < (one: Key, other: Key) -> Bool {
            (one.order, one.draw, one.query) < (other.order, other.draw, other.query)
        }
    }

    let limit: Int
    private var held: [(key: Key, item: Item)] = []

    init(limit: Int) { self.limit = max(limit, 0) }

    /// The items, lowest key first.
    var items: [Item] { held.map(\.item) }

    /// Adds an item, which is made only where it is kept.
    ///
    /// Complexity: O(limit) where it is kept, else O(1).
    mutating func add(_ key: Key, _ item: () -> Item) {
        if held.count >= limit {
            guard let last = held.last, key < last.key else { return }
            held.removeLast()
        }
        let place = held.firstIndex { key < $0.key } ?? held.count
        held.insert((key, item()), at: place)
    }
}
