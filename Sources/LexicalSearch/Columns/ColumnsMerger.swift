import DurableStorage

/// Merges columns into new ones, value by value: those of segments, or those that a builder wrote aside.
enum ColumnsMerger {
    /// Columns with the new number of each of their documents; −1 for documents that go, and nil where the numbers stay.
    struct Input {
        let columns: SegmentColumns
        let numbers: [Int32]?
    }

    /// One input on its way through its columns.
    private struct Stream {
        let input: Input
        let columns: [SegmentColumns.Column]
        var place = 0
        var cursor: ColumnCursor?

        var column: SegmentColumns.Column { columns[place] }

        init(_ input: Input) throws {
            self.input = input
            columns = try input.columns.columns()
            if let first = columns.first { cursor = ColumnCursor(input.columns, first) }
            try advance()
        }

        mutating func advance() throws {
            while try cursor?.next() == false {
                place += 1
                cursor = place < columns.count ? ColumnCursor(input.columns, columns[place]) : nil
            }
        }

        /// Negative, zero or positive as the value at hand stands before, equals or stands after that of another.
        func compare(_ other: Stream) -> Int {
            let keys = column.key.withUnsafeBytes { one in
                other.column.key.withUnsafeBytes { ByteOrder.compare(one, $0) }
            }
            if keys != 0 { return keys }
            let kinds = Int(column.kind.rawValue) - Int(other.column.kind.rawValue)
            guard kinds == 0, let cursor, let second = other.cursor else { return kinds }
            return ByteOrder.compare(cursor.value, second.value)
        }
    }

    /// Adds all values; documents of an input come after those of the inputs before.
    static func merge(_ inputs: [Input], into writer: ColumnsWriter) throws {
        var streams = try inputs.map { try Stream($0) }
        streams.removeAll { $0.cursor == nil }
        while var least = streams.first {
            var chosen = [0]
            for index in streams.indices.dropFirst() {
                let comparison = streams[index].compare(least)
                if comparison > 0 { continue }
                if comparison < 0 {
                    chosen.removeAll(keepingCapacity: true)
                    least = streams[index]
                }
                chosen.append(index)
            }
            guard let value = least.cursor?.value else { return }
            try least.column.key.withUnsafeBytes { key in
                try writer.add(key: key, kind: least.column.kind, value: value) { add in
                    for index in chosen {
                        let numbers = streams[index].input.numbers
                        try streams[index].cursor?.forEachDocument { document in
                            let number = numbers.map { Int($0[document]) } ?? document
                            if number >= 0 { add(number) }
                        }
                    }
                }
            }
            for index in chosen.reversed() {
                try streams[index].advance()
                if streams[index].cursor == nil { streams.remove(at: index) }
            }
        }
    }
}
