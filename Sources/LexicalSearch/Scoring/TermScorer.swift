import CKernels

/// What one term of a query contributes to a document's score; the seam for variants of the similarity.
///
/// Evaluation strategies rely on this: the contribution never falls as the frequency or the inverse norm rises, in the rounded
/// arithmetic itself, so that a bound computed by the same function is a bound of the rounded scores.
protocol TermScorer: Sendable {
    /// The contribution, not negative.
    func score(frequency: Float, inverseNorm: Float) -> Float

    /// The least upper bound of all contributions.
    var bound: Float { get }

    /// Adds the contributions of the loaded block to its documents' sums; the bits are those of `score`.
    func add(
        _ cursor: borrowing PostingCursor, _ inverseNorms: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>)
}

extension TermScorer {
    func add(
        _ cursor: borrowing PostingCursor, _ inverseNorms: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
    ) {
        for index in 0..<cursor.size {
            let document = Int(cursor.documents[index])
            sums[document] += score(frequency: Float(cursor.frequencies[index]), inverseNorm: inverseNorms[document])
        }
    }
}

/// weight − weight / (1 + tf · inverseNorm): equal to weight · tf / (tf + norm), in the form that Lucene computes.
///
/// Each of the four operations is rounded to single precision and none is fused. Each is monotone, hence so is the whole.
struct LuceneTermScorer: TermScorer {
    let weight: Float

    @inline(__always)
    func score(frequency: Float, inverseNorm: Float) -> Float {
        weight - weight / (1 + frequency * inverseNorm)
    }

    var bound: Float { weight }

    func add(
        _ cursor: borrowing PostingCursor, _ inverseNorms: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
    ) {
        ck_add_scores(cursor.documents, cursor.frequencies, cursor.size, weight, inverseNorms, sums)
    }
}
