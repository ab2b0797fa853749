import RetrievalData

/// Which of a query's listed negatives, of which there are more than an epoch takes, are used in which epoch.
public enum NegativeOrder: String, Sendable, Hashable, Codable, CaseIterable {
    /// A window that goes round through each list, which is shuffled first.
    case rotate
    /// A window that moves from the list's beginning in the first epoch to its end in the last: from easy to hard, where the list is so ordered.
    ///
    /// Of n negatives, c of them an epoch, epoch e of E (from 0) uses those from ⌊e (n − c) / (E − 1)⌋ on; a single epoch uses the last c.
    /// Training on easy examples before hard ones: Bengio, Louradour, Collobert, Weston: Curriculum Learning, ICML 2009.
    case curriculum
}

extension NegativeOrder {
    /// The negatives of an epoch, counted from 0; all of a list that has no more than `count`.
    ///
    /// `random` is the query's own generator, the same in every epoch.
    func window<Element>(
        of list: [Element], count: Int, epoch: Int, epochs: Int, random: @autoclosure () -> SeededRandom
    ) -> [Element] {
        guard list.count > count else { return list }
        switch self {
        case .rotate:
            var random = random()
            let order = random.shuffled(list)
            let start = (epoch * count) % order.count
            return (0..<count).map { order[(start + $0) % order.count] }
        case .curriculum:
            let room = list.count - count
            let last = max(epochs - 1, 0)
            let start = last == 0 ? room : min(epoch, last) * room / last
            return Array(list[start..<(start + count)])
        }
    }
}
