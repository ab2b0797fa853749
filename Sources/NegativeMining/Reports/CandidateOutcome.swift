/// What became of a candidate, in three words: the reasons of rejections taken together.
enum CandidateOutcome: Int, CaseIterable, Sendable {
    /// It is a negative.
    case kept
    /// A filter, or the window, rejected it.
    case rejected
    /// It passed all filters and was not needed.
    case unused

    /// The outcome that a rejection stands for; nil for what is no candidate, positives and documents outside the pool.
    init?(_ reason: RejectionReason) {
        switch reason {
        case .positive, .notInPool: return nil
        case .surplus, .notSampled, .tooFew: self = .unused
        default: self = .rejected
        }
    }
}
