import Synchronization

/// Counts requests and how long they took, by route.
final class ServerMetrics: Sendable {
    /// Upper ends of the histogram's buckets, in seconds.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    /// What is known of one route.
    struct Count: Sendable {
        /// How many answers had a status of 1xx, 2xx and so on.
        var statuses = [Int](repeating: 0, count: 6)
        /// How many answers fell into each bucket; the last is beyond all bounds.
        var buckets = [Int](repeating: 0, count: bounds.count + 1)
        var seconds = 0.0
    }

    private let counts: Mutex<[Count]>

    /// Counts for so many routes and, last, for requests that have none.
    init(routes: Int) { counts = Mutex([Count](repeating: Count(), count: routes + 1)) }

    /// Counts one answer; the route is nil where none was found.
    func record(route: Int?, status: Int, seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counts.withLock { counts in
            let place = route ?? counts.count - 1
            counts[place].statuses[max(0, min(status / 100, 5))] += 1
            counts[place].buckets[bucket] += 1
            counts[place].seconds += seconds
        }
    }

    /// The counts so far.
    var snapshot: [Count] { counts.withLock { $0 } }
}
