import DurableStorage

/// Writes one segment of the documents of several that are not deleted; its bytes are those of indexing these documents anew.
struct SegmentMerger {
    /// A segment with all its deleted documents.
    struct Input {
        var segment: Segment
        var deleted: DocumentSet
    }

    private let inputs: [Input]
    private let files: SegmentFiles
    /// For each input the new number of each document; −1 for deleted ones.
    private let numbers: [[Int32]]
    private let documentCount: Int

    init(_ inputs: [Input], files: SegmentFiles) {
        self.inputs = inputs
        self.files = files
        var next: Int32 = 0
        numbers = inputs.map { input in
            (0..<input.segment.documentCount).map { document in
                if input.deleted.contains(document) { return -1 }
                defer { next += 1 }
                return next
            }
        }
        documentCount = Int(next)
    }

    /// Writes the segment's files.
    func write(storesText: Bool) throws -> Manifest.Segment {
        let texts = try storesText ? mergedTexts() : nil
        let parts = try mergedParts()
        let lengths = try files.fields.indices.map(mergedLengths)
        var segment = try files.write(parts, lengths: lengths, texts: texts, order: { $0.orderOfIDs() }) {
            try mergePostings(of: $0, into: $1)
        }
        if inputs.allSatisfy({ $0.segment.manifest.metadataCount != nil }) {
            (segment.columns, segment.metadataCount) = try mergeColumns()
        }
        return segment
    }

    private func mergeColumns() throws -> (Manifest.File?, Int) {
        let writer = ColumnsWriter(
            files.directory, IndexFormat.fileName(segment: files.name, suffix: "columns"), documentCount: documentCount)
        let columns = zip(inputs, numbers).compactMap { input, numbers in
            input.segment.columns.map { ColumnsMerger.Input(columns: $0, numbers: numbers) }
        }
        try ColumnsMerger.merge(columns, into: writer)
        return (try writer.finish(), writer.documentsWithValues)
    }

    private func mergedTexts() throws -> TextStoreWriter {
        let writer = try TextStoreWriter(
            files.directory, IndexFormat.fileName(segment: files.name, suffix: "texts"),
            queue: WorkQueue(threads: files.threads))
        for (input, numbers) in zip(inputs, numbers) {
            try input.segment.texts?.forEachRecord { document, record in
                if numbers[document] >= 0 { try writer.add(record: record) }
            }
        }
        return writer
    }

    private func mergedParts() throws -> SegmentParts {
        var parts = SegmentParts()
        parts.idOffsets.reserveCapacity(documentCount + 1)
        for (input, numbers) in zip(inputs, numbers) {
            for document in numbers.indices where numbers[document] >= 0 {
                try input.segment.ids.withBytes(of: document) { parts.idBytes.append(contentsOf: $0) }
                parts.idOffsets.append(parts.idBytes.count)
            }
        }
        return parts
    }

    private func mergedLengths(of field: Int) throws -> [UInt32] {
        var lengths: [UInt32] = []
        lengths.reserveCapacity(documentCount)
        for (input, numbers) in zip(inputs, numbers) {
            try input.segment.fields[field].lengths.values.forEach { document, length in
                if numbers[document] >= 0 { lengths.append(UInt32(truncatingIfNeeded: length)) }
            }
        }
        return lengths
    }

    /// Merges the posting lists of a field term by term.
    private func mergePostings(of field: Int, into writer: PostingsWriter) throws {
        var terms = try inputs.map { try TermCursor($0.segment.fields[field].terms) }
        let size = PostingRunMerger.batchSize(positions: files.storesPositions)
        let batch = PostingBatch(capacity: size, positions: files.storesPositions)
        while let term = terms.compactMap(\.term).min(by: { $0.lexicographicallyPrecedes($1) }) {
            var end = batch.postingCount
            for index in terms.indices where terms[index].term == term {
                try copy(terms[index].entry, of: field, in: index, to: batch, &end)
                try terms[index].next()
            }
            if end == batch.postingCount { continue }
            batch.starts.append(end)
            batch.termBytes.append(contentsOf: term)
            batch.termOffsets.append(batch.termBytes.count)
            if end >= size {
                try writer.add(batch)
                batch.removeAll()
                // What is merged need not stay in memory.
                for (input, cursor) in zip(inputs, terms) {
                    input.segment.fields[field].postings.file.forget(before: cursor.entry.postingsOffset)
                    input.segment.fields[field].positions?.file.forget(before: cursor.entry.positionsOffset)
                }
            }
        }
        if batch.termCount > 0 { try writer.add(batch) }
    }

    private func copy(
        _ entry: TermEntry, of field: Int, in input: Int, to batch: PostingBatch, _ end: inout Int
    ) throws {
        let numbers = numbers[input]
        let source = inputs[input].segment.fields[field]
        var cursor = try source.cursor(entry)
        var positions = try files.storesPositions ? source.positions(entry) : nil
        // Only now is it known that there can be so many.
        batch.reserve(end - batch.postingCount + entry.documentFrequency)
        var written = end
        while try cursor.next() {
            try positions?.begin(block: cursor.block)
            for index in 0..<cursor.size {
                let number = numbers[Int(cursor.documents[index])]
                let coded = try positions?.next(frequency: cursor.frequencies[index])
                if number < 0 { continue }
                batch.documents[written] = UInt32(number)
                batch.frequencies[written] = cursor.frequencies[index]
                if let coded { batch.positions?[written] = coded }
                written += 1
            }
        }
        end = written
    }
}
