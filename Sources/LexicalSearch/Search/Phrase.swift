import TextAnalysis

/// A phrase in the terms of an index: which stand at which distance from the first.
///
/// Distances are those of the analyzer's positions, so a stop word within the phrase leaves a gap that any one word may fill. Of several
/// terms at one position, such as synonyms, a document holds all.
struct Phrase: Sendable, Hashable {
    /// A distinct term and its places, the first term's being 0, ascending.
    struct Term: Sendable, Hashable {
        var bytes: [UInt8]
        var offsets: [Int]
    }

    private(set) var terms: [Term] = []

    /// The phrase of a text; nil where no term of it is left.
    init?(_ text: String, session: AnalyzerSession) {
        var first: Int?
        var places: [[UInt8]: Int] = [:]
        session.forEachTerm(in: text) { bytes, position in
            let offset = position - (first ?? position)
            first = first ?? position
            let bytes = [UInt8](bytes)
            if let known = places[bytes] {
                terms[known].offsets.append(offset)
            } else {
                places[bytes] = terms.count
                terms.append(Term(bytes: bytes, offsets: [offset]))
            }
        }
        if terms.isEmpty { return nil }
    }
}

extension Segment {
    /// The documents that hold a phrase in one of some fields and are not deleted, of those that are permitted.
    func documents(holding phrase: Phrase, in fields: [Int], permitted: DocumentSet?) throws -> DocumentSet {
        var found = DocumentSet(documentCount: documentCount)
        for field in fields { try insert(documentsHolding: phrase, of: self.fields[field], permitted, into: &found) }
        return found
    }

    /// Documents of the rarest term are looked up in the lists of the others, from the rarest on; positions are read only of those in all.
    private func insert(
        documentsHolding phrase: Phrase, of field: SegmentField, _ permitted: DocumentSet?,
        into found: inout DocumentSet
    ) throws {
        var located: [(entry: TermEntry, offsets: [Int])] = []
        for term in phrase.terms {
            guard let entry = try term.bytes.withUnsafeBytes({ try field.terms.find($0) }) else { return }
            located.append((entry, term.offsets))
        }
        located.sort { $0.entry.documentFrequency < $1.entry.documentFrequency }
        let cursors = try located.compactMap { try PositionalCursor($0.entry, in: field) }
        guard let rarest = cursors.first, cursors.count == located.count else { return }
        // One slot for each word: the place of its term, and its offset.
        let slots = located.enumerated().flatMap { place, term in term.offsets.map { (place: place, offset: $0) } }
        var starts: [Int] = []
        var positions: [UInt32] = []
        try rarest.forEachDocument { document in
            guard isLive(document), permitted?.contains(document) != false else { return }
            for place in 1..<max(1, cursors.count) where try !cursors[place].find(document) { return }
            if slots.count > 1 {
                starts.removeAll(keepingCapacity: true)
                for slot in slots.indices {
                    let (place, offset) = slots[slot]
                    if slot == 0 || place != slots[slot - 1].place {
                        try cursors[place].readPositions(into: &positions)
                    }
                    if slot == 0 {
                        for position in positions { starts.append(Int(position) - offset) }
                    } else {
                        Self.keep(&starts, at: offset, in: positions)
                        if starts.isEmpty { return }
                    }
                }
            }
            found.insert(document)
        }
    }

    /// Keeps the starts with a position at that distance; both ascend.
    private static func keep(_ starts: inout [Int], at offset: Int, in positions: [UInt32]) {
        var kept = 0
        var next = 0
        for start in starts {
            while next < positions.count, Int(positions[next]) < start + offset { next += 1 }
            if next == positions.count { break }
            if Int(positions[next]) == start + offset {
                starts[kept] = start
                kept += 1
            }
        }
        starts.removeLast(starts.count - kept)
    }
}

extension Searcher {
    /// For each segment the documents that hold all phrases, of those that are permitted at all; nil where every document may be a hit.
    func documentSets(holding phrases: [String], _ session: SearchSession) throws -> [DocumentSet]? {
        if phrases.isEmpty { return permitted }
        let analyzer = try session.phraseAnalyzer()
        let phrases = phrases.compactMap { Phrase($0, session: analyzer) }
        if phrases.isEmpty { return permitted }
        if !reader.summary.storesPositions { throw SearchError.positionsNotStored(index: reader.path) }
        let searched = fields?.weights.map(\.index) ?? [0]
        return try reader.segments.enumerated().map { index, segment in
            var remaining = permitted?[index]
            for phrase in phrases {
                let found = try segment.documents(holding: phrase, in: searched, permitted: remaining)
                remaining = found
                if found.count == 0 { break }
            }
            return remaining ?? DocumentSet(documentCount: segment.documentCount)
        }
    }
}
