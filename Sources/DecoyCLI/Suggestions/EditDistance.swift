/// How many characters must be put in, left out, replaced or exchanged with their neighbour to make one word of another.
enum EditDistance {
    /// The longest part of a word that is looked at, so that no input makes this slow.
    static let longest = 64

    /// The distance (optimal string alignment) of the first 64 characters; O(length · length), for short words.
    static func between(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one.prefix(longest)), Array(other.prefix(longest)))
        var rows = [Array(0...other.count)]
        for i in one.indices {
            var row = [i + 1]
            for j in other.indices {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (one[i] == other[j] ? 0 : 1))
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
