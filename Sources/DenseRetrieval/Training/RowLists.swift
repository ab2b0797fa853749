/// A list for each row, all in one array.
struct RowLists<Element: Sendable>: Sendable {
    private var values: [Element] = []
    private var offsets: [Int] = [0]

    /// The number of rows that have ended.
    var count: Int { offsets.count - 1 }

    /// The list of a row.
    subscript(row: Int) -> ArraySlice<Element> { values[offsets[row]..<offsets[row + 1]] }

    /// Adds to the row that has not ended.
    mutating func append(_ value: Element) { values.append(value) }

    /// Ends a row; what is appended from now on belongs to the next.
    mutating func endRow() { offsets.append(values.count) }

    /// Forgets all rows and keeps the memory.
    mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        offsets.append(0)
    }
}
