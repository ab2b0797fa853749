/// What filters, asked in turn, say of a candidate.
struct FilterDecision {
    /// The first reason against it that counts; nil where it may be a negative.
    var reason: RejectionReason?
    /// The filter that gave it.
    var filter: (any FalseNegativeFilter)?
    /// The first reason that does not count, as a filter only guessed it and people judged the candidate wrong; nil for none.
    var overruled: RejectionReason?
}

extension [any FalseNegativeFilter] {
    /// Asks one filter after another, up to the first reason that counts.
    func decision(on candidate: MiningCandidate, in context: MiningContext) throws -> FilterDecision {
        var overruled: RejectionReason?
        for filter in self {
            guard let reason = try filter.rejection(of: candidate, in: context) else { continue }
            // Once one guess was overruled, all are.
            if filter.isGuess,
                try overruled != nil || contains(where: { try $0.isJudgedWrong(candidate, in: context) })
            {
                overruled = overruled ?? reason
            } else {
                return FilterDecision(reason: reason, filter: filter)
            }
        }
        return FilterDecision(overruled: overruled)
    }
}
