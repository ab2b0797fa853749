import DurableStorage

extension FieldCheck {
    /// Lists of positions follow one another, hold as many positions as the postings have occurrences, and nothing else.
    func checkPositions() throws {
        guard let positions = field.positions else { return }
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: positions.file.name, reason: reason) }
        var offset = ChecksummedFile.bodyStart
        var found: [UInt32] = []
        try field.terms.forEach { _, entry in
            if entry.positionsOffset != offset { throw corrupt("a list of positions does not follow the one before") }
            offset += entry.positionsLength
            var cursor = try field.cursor(entry)
            guard var reader = try field.positions(entry) else { return }
            while try cursor.next() {
                try reader.begin(block: cursor.block)
                for index in 0..<cursor.size { try reader.read(frequency: cursor.frequencies[index], into: &found) }
                if !reader.isAtEndOfBlock { throw corrupt("a block holds more positions than occurrences") }
            }
            if try reader.listEnd != entry.positionsLength { throw corrupt("a list of positions has a rest") }
        }
        if offset != positions.bodyEnd { throw corrupt("it holds more than its lists") }
    }
}
