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
        var segment = try files.write(parts, order: parts.orderOfIDs(), texts: texts) { try mergePostings(into: $0) }
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
        parts.lengths.reserveCapacity(documentCount)
        parts.idOffsets.reserveCapacity(documentCount + 1)
        for (input, numbers) in zip(inputs, numbers) {
            try input.segment.lengths.values.forEach { document, length in
                if numbers[document] >= 0 { parts.lengths.append(UInt32(truncatingIfNeeded: length)) }
            }
            for document in numbers.indices where numbers[document] >= 0 {
                try input.segment.ids.withBytes(of: document) { parts.idBytes.append(contentsOf: $0) }
                parts.idOffsets.append(parts.idBytes.count)
            }
        }
        return parts
    }

    /// Merges the posting lists term by term.
    private func mergePostings(into writer: PostingsWriter) throws {
        var terms = try inputs.map { try TermCursor($0.segment.terms) }
        let batch = PostingBatch(capacity: PostingRunMerger.batchSize)
        while let term = terms.compactMap(\.term).min(by: { $0.lexicographicallyPrecedes($1) }) {
            var end = batch.postingCount
            for index in terms.indices where terms[index].term == term {
                let entry = terms[index].entry
                batch.reserve(end - batch.postingCount + entry.documentFrequency)
                try copy(entry, of: index, to: batch, &end)
                try terms[index].next()
            }
            if end == batch.postingCount { continue }
            batch.starts.append(end)
            batch.termBytes.append(contentsOf: term)
            batch.termOffsets.append(batch.termBytes.count)
            if end >= PostingRunMerger.batchSize {
                try writer.add(batch)
                batch.removeAll()
                // What is merged need not stay in memory.
                for (input, cursor) in zip(inputs, terms) {
                    input.segment.postings.file.forget(before: cursor.entry.postingsOffset)
                }
            }
        }
        if batch.termCount > 0 { try writer.add(batch) }
    }

    private func copy(_ entry: TermEntry, of input: Int, to batch: PostingBatch, _ end: inout Int) throws {
        let numbers = numbers[input]
        var cursor = try inputs[input].segment.cursor(entry)
        var written = end
        while try cursor.next() {
            for index in 0..<cursor.size {
                let number = numbers[Int(cursor.documents[index])]
                if number < 0 { continue }
                batch.documents[written] = UInt32(number)
                batch.frequencies[written] = cursor.frequencies[index]
                written += 1
            }
        }
        end = written
    }
}
