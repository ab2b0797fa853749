import RetrievalData

/// Cuts the pairs of an epoch into batches, in seeded random order.
///
/// No batch holds a query or a relevant document twice as long as pairs without such a clash are left; there are always
/// ⌈pairs / batchSize⌉ batches.
enum BatchPlanner {
    /// The batches of an epoch.
    ///
    /// Complexity: linear in the pairs unless clashes are many.
    static func batches(_ set: TrainingSet, batchSize: Int, epoch: Int, seed: UInt64) -> [[TrainingSet.Pair]] {
        var random = SeededRandom(seed: seed, item: "batches of epoch \(epoch)")
        let pairs = random.shuffled(set.pairs)
        let total = (pairs.count + batchSize - 1) / batchSize
        var batches: [[TrainingSet.Pair]] = []
        var queryStamp = [Int](repeating: -1, count: set.queryIDs.count)
        var documentStamp = [Int](repeating: -1, count: set.documentIDs.count)
        var waiting: [TrainingSet.Pair] = []
        var next = 0
        for number in 0..<total {
            var batch: [TrainingSet.Pair] = []
            batch.reserveCapacity(min(batchSize, pairs.count))
            func take(_ pair: TrainingSet.Pair) -> Bool {
                guard batch.count < batchSize, queryStamp[Int(pair.query)] != number,
                    documentStamp[Int(pair.document)] != number
                else { return false }
                queryStamp[Int(pair.query)] = number
                documentStamp[Int(pair.document)] = number
                batch.append(pair)
                return true
            }
            waiting = waiting.filter { !take($0) }
            while batch.count < batchSize, next < pairs.count {
                if !take(pairs[next]) { waiting.append(pairs[next]) }
                next += 1
            }
            let clashing = min(batchSize - batch.count, waiting.count)
            batch.append(contentsOf: waiting.prefix(clashing))
            waiting.removeFirst(clashing)
            batches.append(batch)
        }
        return batches
    }
}
