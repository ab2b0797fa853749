/// A loss of a hybrid's scores: a lexical score stands beside each cosine, so that the cosine learns what the lexical ranking lacks.
///
/// The base loss gets cos(q, d) + λ · T(q, d) / maxₑ T(q, e), with T the lexical scores of the query's mined documents and 0 for all others:
/// what `Fusion.weighted` adds up at search, for a dense weight of 1/λ. With `TripletLoss` as the base that is the residual margin of Gao et
/// al.: Complement Lexical Retrieval Model with Semantic Residual Embeddings (CLEAR), ECIR 2021, section 3: ξ − λ (T⁺ − T⁻) in place of ξ.
/// The gradient for the cosines is the base's.
struct LexicalResidual: RowLoss {
    let base: any RowLoss
    /// λ.
    let weight: Float

    func apply(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements, weight: Float
    ) -> Float {
        for entry in judgements.scored[row] { cosines[entry.column] += self.weight * entry.share }
        return base.apply(row, &cosines, judgements: judgements, weight: weight)
    }
}
