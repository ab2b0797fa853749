/// The tokens of several sequences, one sequence behind the other without padding.
package struct PackedSequences: Sendable {
    /// The tokens of all sequences.
    package private(set) var tokens: [Int32] = []
    /// Where each sequence begins, and after them where the last one ends.
    package private(set) var starts: [Int] = [0]

    /// No sequences.
    package init() {}

    /// Sequences in this order; one may be empty.
    package init(_ sequences: some Sequence<[Int32]>) {
        for sequence in sequences { append(sequence) }
    }

    /// The number of sequences.
    package var count: Int { starts.count - 1 }

    /// The places of the tokens of a sequence that must exist.
    package func range(_ sequence: Int) -> Range<Int> { starts[sequence]..<starts[sequence + 1] }

    /// Adds a sequence behind the others.
    package mutating func append(_ sequence: [Int32]) {
        tokens += sequence
        starts.append(tokens.count)
    }
}
