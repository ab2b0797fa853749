import NumericKernels
import RetrievalData

/// A frozen model that tells which documents of a batch are probably relevant to a query without anyone having said so.
///
/// GISTEmbed (Solatorio: GISTEmbed, 2024, arXiv 2402.16829, section 3.2): a document d, in the batch by chance or mined, is no negative of
/// query q where σ(q, d) > σ(q, d⁺) − m, σ being the guide's cosine and d⁺ the positive; here m = a + r · |σ(q, d⁺)| with the margins a and
/// r of ``TrainingOptions/guideMargin`` and ``TrainingOptions/guideRelativeMargin`` (sentence-transformers' strategies "absolute" and
/// "relative"), and of several positives that of the lowest cosine. Such a document is masked: it is neither pulled nor pushed.
///
/// The paper, and sentence-transformers' GISTEmbedLoss by default, also push queries from queries and documents from documents, and mask
/// there too; the losses here have no such terms, so this is GISTEmbedLoss with `contrast_anchors` and `contrast_positives` off. A symmetric
/// loss leaves a masked pair out of both directions.
public struct Guide: Sendable {
    /// The model that guides; its tokenizer and dimension may be others than those of the model in training.
    public let model: DualEncoder
    private let queryTokens: TextTokens
    private let documentTokens: TextTokens
    private let documentIDs: [DocumentID]
    private let queryIDs: [QueryID]

    /// A guide for a training set that was made of these documents and queries.
    ///
    /// Throws where one of the set's texts is missing. Complexity: linear in the texts; memory about 8 bytes for each distinct token of a text.
    public init(
        _ model: DualEncoder, for set: TrainingSet, documents: [Document], queries: [Query], threads: Int = 1
    ) throws(TrainingError) {
        self.model = model
        let texts = Dictionary(documents.lazy.map { ($0.id, $0) }) { first, _ in first }
        let asked = Dictionary(queries.lazy.map { ($0.id, $0.text) }) { first, _ in first }
        if let id = set.documentIDs.first(where: { texts[$0] == nil }) {
            throw .unknownDocument(id: id, query: nil, place: "guide")
        }
        documentTokens = model.documentEncoder.tokens(
            of: set.documentIDs.compactMap { texts[$0]?.contents }, as: .document, threads: threads)
        queryTokens = model.queryEncoder.tokens(
            of: set.queryIDs.compactMap { asked[$0] }, as: .query, threads: threads)
        documentIDs = set.documentIDs
        queryIDs = set.queryIDs
    }

    /// Whether it was made for a set of these documents and queries.
    func fits(_ set: TrainingSet) -> Bool {
        documentIDs == set.documentIDs && queryIDs == set.queryIDs && queryTokens.count == queryIDs.count
    }

    /// Masks the columns of a batch that the guide takes for relevant, and counts them; `negatives` are those of each query, if any.
    ///
    /// Complexity: that of scoring the batch by the guide's vectors; memory for 1024 rows of scores at a time, or fewer.
    func mask(
        _ batch: inout ContrastiveBatch, negatives: [[Int32]], margins: Margins, threads: Int
    ) -> GuideCounts {
        let queries = model.queryEncoder.encodeRows(queryTokens, texts: batch.queries, threads: threads)
        let documents = model.documentEncoder.encodeRows(documentTokens, texts: batch.documents, threads: threads)
        var counts = GuideCounts()
        var found: [[Int]] = []
        found.reserveCapacity(queries.rows)
        var scores = Matrix(rows: 0, columns: 0)
        let held = ScoreBackpropagation.rowsAtOnce(documents: documents.rows)
        for first in stride(from: 0, to: queries.rows, by: held) {
            let rows = first..<min(first + held, queries.rows)
            scores.reshape(rows: rows.count, columns: documents.rows)
            MatrixProduct.multiplyTransposed(
                queries.window(rows: rows), documents.window, into: &scores, threads: threads)
            let (block, judgements) = (scores, batch.judgements)
            found += FixedParallel.map(rows.count, threads: threads) { place in
                block.withRow(place) { margins.suspects($0, row: first + place, judgements: judgements) }
            }
        }
        for (row, columns) in found.enumerated() {
            let judged = batch.judgements.positives[row].map(\.column) + batch.judgements.masked[row]
            counts.negatives += batch.documents.count - judged.count
            counts.masked += columns.count
            if negatives.isEmpty { continue }
            let own = negatives[Int(batch.queries[row])].compactMap { batch.column(holding: $0) }
                .filter { !judged.contains($0) }
            counts.ownNegatives += own.count
            counts.ownMasked += own.reduce(0) { $0 + (columns.contains($1) ? 1 : 0) }
        }
        batch.mask(also: found)
        return counts
    }
}

extension Guide {
    /// How far below its positive's score a document must stay to be a negative.
    struct Margins: Sendable {
        var absolute: Float
        var relative: Float

        /// The columns of a row above the bar that are neither positives nor masked already, ascending.
        func suspects(_ scores: Span<Float>, row: Int, judgements: BatchJudgements) -> [Int] {
            let positives = judgements.positives[row]
            let lowest = positives.reduce(Float.infinity) { min($0, scores[$1.column]) }
            let bar = lowest - absolute - relative * abs(lowest)
            let masked = judgements.masked[row]
            var columns: [Int] = []
            for column in scores.indices where scores[column] > bar {
                if positives.contains(where: { $0.column == column }) || masked.contains(column) { continue }
                columns.append(column)
            }
            return columns
        }
    }
}

extension TrainingOptions {
    /// The margins of a guide.
    var guideMargins: Guide.Margins {
        Guide.Margins(absolute: Float(guideMargin), relative: Float(guideRelativeMargin))
    }
}
