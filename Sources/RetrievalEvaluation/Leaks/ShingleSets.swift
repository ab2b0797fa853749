/// Sets of character 3-grams of two lists of texts, as numbers that ascend with how many training texts have the 3-gram.
///
/// A text is taken in lower case with one space between words and one at either end, and cut into overlapping runs of three Unicode
/// scalars; hence it serves languages without spaces too. What no training text has cannot match and is only counted.
struct ShingleSets {
    /// One set, its rarest member first.
    struct Shingles {
        /// The members that training texts have, ascending.
        var known: [UInt32]
        /// The number of members that no training text has; they are rarer than all known ones.
        var unknown: Int

        /// The number of members.
        var count: Int { known.count + unknown }
    }

    /// The sets of the training texts, in their order.
    let train: [Shingles]
    /// The sets of the test texts, in their order.
    let test: [Shingles]
    /// How many different members the training texts have.
    let distinct: Int
    /// The size of the largest training set.
    let largest: Int

    /// The sets of folded texts.
    ///
    /// Complexity: O(length of all texts · log).
    init(train: [String], test: [String]) {
        let sets = train.map(Self.shingles)
        var frequencies: [UInt64: Int] = [:]
        for set in sets {
            for shingle in set { frequencies[shingle, default: 0] += 1 }
        }
        // Equal frequencies are put in the order of the characters, for the same result every time.
        let order = frequencies.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        var numbers: [UInt64: UInt32] = [:]
        numbers.reserveCapacity(order.count)
        for (number, entry) in order.enumerated() { numbers[entry.key] = UInt32(number) }
        func numbered(_ set: Set<UInt64>) -> Shingles {
            let known = set.compactMap { numbers[$0] }.sorted()
            return Shingles(known: known, unknown: set.count - known.count)
        }
        self.train = sets.map(numbered)
        self.test = test.map { numbered(Self.shingles($0)) }
        distinct = order.count
        largest = sets.map(\.count).max() ?? 0
    }

    /// The 3-grams of a folded text, each as three scalars of 21 bits.
    static func shingles(_ folded: String) -> Set<UInt64> {
        var set: Set<UInt64> = []
        if folded.isEmpty { return set }
        let mask: UInt64 = (1 << 63) - 1
        var window: UInt64 = 0
        var length = 0
        for scalar in " \(folded) ".unicodeScalars {
            window = (window << 21 | UInt64(scalar.value)) & mask
            length += 1
            if length > 2 { set.insert(window) }
        }
        return set
    }

    /// A text in lower case, with one space where it has white space and none at its ends.
    static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        var space = false
        for scalar in text.lowercased().unicodeScalars {
            if scalar.properties.isWhitespace {
                space = !folded.isEmpty
            } else {
                if space { folded.append(" ") }
                space = false
                folded.append(scalar)
            }
        }
        return String(folded)
    }
}
