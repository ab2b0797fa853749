/// How queries, keys, values and sequences lie in a packed matrix.
///
/// A row is a token: `heads` · `width` columns of queries, as many of keys, as many of values, a head's columns side by side. Sequences
/// are consecutive rows without padding.
package struct AttentionLayout: Sendable, Hashable {
    /// The number of heads.
    package let heads: Int
    /// The columns of one head.
    package let width: Int
    /// Where each sequence begins, and the number of rows at the end.
    package let starts: [Int]
    /// Where each sequence's probabilities begin, and their number at the end: heads · length² a sequence.
    let blocks: [Int]

    /// The layout of sequences with these lengths, one after another.
    package init(heads: Int, width: Int, lengths: [Int]) {
        precondition(heads > 0 && width > 0 && lengths.allSatisfy { $0 >= 0 }, "sizes must be above 0")
        self.heads = heads
        self.width = width
        var starts = [0]
        var blocks = [0]
        for length in lengths {
            starts.append(starts[starts.count - 1] + length)
            blocks.append(blocks[blocks.count - 1] + heads * length * length)
        }
        self.starts = starts
        self.blocks = blocks
    }

    /// The layout of packed sequences.
    package init(heads: Int, width: Int, sequences: PackedSequences) {
        self.init(heads: heads, width: width, lengths: (0..<sequences.count).map { sequences.range($0).count })
    }

    /// The columns of the result of attention.
    package var columns: Int { heads * width }
    /// The rows of the packed matrix.
    package var rows: Int { starts[starts.count - 1] }
    /// The number of sequences.
    package var count: Int { starts.count - 1 }
    /// The probabilities of all sequences and heads.
    package var probabilityCount: Int { blocks[count] }
    /// What scores are multiplied with: 1 / √width.
    var scale: Float { 1 / Float(width).squareRoot() }

    /// One head of one sequence, the unit of work.
    struct Piece {
        let row: Int
        let length: Int
        let column: Int
        let block: Int
    }

    /// Piece number `index` of `count` · `heads`.
    func piece(_ index: Int) -> Piece {
        let sequence = index / heads
        let head = index % heads
        let length = starts[sequence + 1] - starts[sequence]
        return Piece(
            row: starts[sequence], length: length, column: head * width,
            block: blocks[sequence] + head * length * length)
    }
}
