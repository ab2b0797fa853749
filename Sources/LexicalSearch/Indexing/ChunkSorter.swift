/// Brings the postings of chunks from document order to term order: a counting sort over all threads.
///
/// The result depends on the documents alone, not on which inverter saw which of them.
enum ChunkSorter {
    /// The postings of all chunks, which stand in document order.
    static func sort(_ chunks: [InvertedChunk], inverters: [DocumentInverter], threads: Int) -> PostingBatch {
        let batch = PostingBatch(
            capacity: chunks.reduce(0) { $0 + $1.postingCount }, positions: chunks.contains { $0.positions != nil })
        batch.positionOwners = chunks.compactMap(\.positions)
        let places = mergeTerms(inverters, threads: threads, into: batch)
        let parts = split(chunks, into: threads)
        var cursors = [[Int]](repeating: [], count: parts.count)
        if parts.count > 1 {
            fill(&cursors, threads: threads) { part in count(chunks[parts[part]], places, termCount: batch.termCount) }
        } else if !parts.isEmpty {
            cursors[0] = counts(inverters, places, termCount: batch.termCount)
        }
        // From counts to where each part begins within each term.
        batch.starts.reserveCapacity(batch.termCount + 1)
        var total = 0
        for term in 0..<batch.termCount {
            for part in cursors.indices {
                let count = cursors[part][term]
                cursors[part][term] = total
                total += count
            }
            batch.starts.append(total)
        }
        // What each part needs is taken out of the array, so that it is changed where it is and not copied.
        cursors.withUnsafeMutableBufferPointer { cursors in
            nonisolated(unsafe) let cursors = cursors
            Parallel.forEach(parts.count, threads: threads) { part, _ in
                var cursor: [Int] = []
                if let positions = batch.positions {
                    cursor = cursors[part]
                    scatterPositions(chunks[parts[part]], places, &cursor, into: positions)
                }
                swap(&cursor, &cursors[part])
                scatter(chunks[parts[part]], places, &cursor, into: batch)
            }
        }
        return batch
    }

    /// Sorts each inverter's terms, merges them into the batch, and returns for each inverter the place of each of its terms.
    private static func mergeTerms(
        _ inverters: [DocumentInverter], threads: Int, into batch: PostingBatch
    ) -> [[UInt32]] {
        nonisolated(unsafe) let tables = inverters.map(\.table)
        var orders = [[UInt32]](repeating: [], count: inverters.count)
        fill(&orders, threads: threads) { index in
            let view = tables[index].view
            return ByteOrder.sortedIndexes(bytes: view.bytes, offsets: view.offsets)
        }
        var places = inverters.map { [UInt32](repeating: 0, count: $0.table.count) }
        var next = [Int](repeating: 0, count: inverters.count)
        func head(_ inverter: Int) -> UnsafeRawBufferPointer? {
            guard next[inverter] < orders[inverter].count else { return nil }
            return tables[inverter].bytes(of: Int(orders[inverter][next[inverter]]))
        }
        var heads = inverters.indices.map(head)
        while true {
            var least: UnsafeRawBufferPointer?
            for case .some(let term) in heads where least.map({ ByteOrder.compare(term, $0) < 0 }) ?? true {
                least = term
            }
            guard let least else { return places }
            for (inverter, term) in heads.enumerated() {
                guard let term, ByteOrder.compare(term, least) == 0 else { continue }
                places[inverter][Int(orders[inverter][next[inverter]])] = UInt32(batch.termCount)
                next[inverter] += 1
                heads[inverter] = head(inverter)
            }
            batch.termBytes.append(contentsOf: least)
            batch.termOffsets.append(batch.termBytes.count)
        }
    }

    private static func counts(_ inverters: [DocumentInverter], _ places: [[UInt32]], termCount: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: termCount)
        for (inverter, places) in zip(inverters, places) {
            for (frequency, place) in zip(inverter.documentFrequencies, places) { counts[Int(place)] += Int(frequency) }
        }
        return counts
    }

    private static func count(_ chunks: ArraySlice<InvertedChunk>, _ places: [[UInt32]], termCount: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: termCount)
        for chunk in chunks {
            let places = places[chunk.inverter]
            var index = 0
            while index < chunk.words.count {
                let word = chunk.words[index]
                counts[Int(places[Int(word >> 1)])] += 1
                index += 1 + Int(word & 1)
            }
        }
        return counts
    }

    private static func scatter(
        _ chunks: ArraySlice<InvertedChunk>, _ places: [[UInt32]], _ cursor: inout [Int], into batch: PostingBatch
    ) {
        let (documents, frequencies) = (batch.documents, batch.frequencies)
        for chunk in chunks {
            let places = places[chunk.inverter]
            var index = 0
            for (offset, end) in chunk.ends.enumerated() {
                let document = UInt32(chunk.firstDocument + offset)
                while index < end {
                    let word = chunk.words[index]
                    let place = Int(places[Int(word >> 1)])
                    let slot = cursor[place]
                    cursor[place] = slot + 1
                    documents[slot] = document
                    frequencies[slot] = word & 1 == 1 ? chunk.words[index + 1] : 1
                    index += 1 + Int(word & 1)
                }
            }
        }
    }

    /// Refers each posting to its coded positions, which stay where they are.
    private static func scatterPositions(
        _ chunks: ArraySlice<InvertedChunk>, _ places: [[UInt32]], _ cursor: inout [Int],
        into positions: UnsafeMutablePointer<UnsafeRawBufferPointer>
    ) {
        for chunk in chunks {
            guard let bytes = chunk.positions?.bytes else { continue }
            let places = places[chunk.inverter]
            var index = 0
            var offset = 0
            while index < chunk.words.count {
                let word = chunk.words[index]
                let place = Int(places[Int(word >> 1)])
                let frequency = word & 1 == 1 ? chunk.words[index + 1] : 1
                let end = offset + PositionCoding.length(of: frequency, in: bytes, at: offset)
                positions[cursor[place]] = UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
                cursor[place] += 1
                offset = end
                index += 1 + Int(word & 1)
            }
        }
    }

    /// Consecutive ranges of chunks with about equally many postings.
    private static func split(_ chunks: [InvertedChunk], into parts: Int) -> [Range<Int>] {
        let total = chunks.reduce(0) { $0 + $1.postingCount }
        var ranges: [Range<Int>] = []
        var start = 0
        var seen = 0
        for (index, chunk) in chunks.enumerated() {
            seen += chunk.postingCount
            if seen * parts >= total * (ranges.count + 1) || index == chunks.count - 1 {
                ranges.append(start..<(index + 1))
                start = index + 1
            }
        }
        return ranges
    }

    /// Computes every element of an array in parallel.
    private static func fill<T>(_ array: inout [T], threads: Int, _ element: @Sendable (Int) -> T) {
        let count = array.count
        array.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let buffer = buffer
            Parallel.forEach(count, threads: threads) { index, _ in buffer[index] = element(index) }
        }
    }
}
