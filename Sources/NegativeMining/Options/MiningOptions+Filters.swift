import RetrievalData

extension MiningOptions {
    /// The filters that the options name, with the caller's own among them: cheap ones first, duplicates of survivors last.
    func filters(
        around additional: [any FalseNegativeFilter], documents: any DocumentStore, similarity: SimilarityIndex?
    ) -> [any FalseNegativeFilter] {
        var filters: [any FalseNegativeFilter] = [MissingDocumentFilter()]
        if queriesAreDocuments { filters.append(QueryDocumentFilter(documents: documents)) }
        if dedupe != .off { filters.append(DuplicateOfPositiveFilter()) }
        if let relativeMargin { filters.append(RelativeMarginFilter(margin: relativeMargin, against: marginAgainst)) }
        if let absoluteMargin { filters.append(AbsoluteMarginFilter(margin: absoluteMargin, against: marginAgainst)) }
        if let maxScore { filters.append(MaximumScoreFilter(limit: maxScore)) }
        if let minScore { filters.append(MinimumScoreFilter(limit: minScore)) }
        if let similarity {
            filters.append(NearDuplicateOfPositiveFilter(index: similarity, threshold: nearDuplicateThreshold))
        }
        filters += additional
        if dedupe != .off { filters.append(DuplicateOfNegativeFilter()) }
        if let similarity {
            filters.append(NearDuplicateOfNegativeFilter(index: similarity, threshold: nearDuplicateThreshold))
        }
        return filters
    }
}
