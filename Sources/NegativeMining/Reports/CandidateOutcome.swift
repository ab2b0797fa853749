/// What became of a candidate, in three words: the reasons of rejections taken together.
enum CandidateOutcome: Int, CaseIterable, Sendable {
    /// It is a negative.
    case kept
    /// A filter, or the window, rejected it.
    case rejected
    /// It passed all filters and was not needed.
    case unused

    /// The outcome that a rejection stands for.
    init(_ reason: RejectionReason) {
        switch reason {
        case .surplus, .notSampled, .tooFew: self = .unused
        default: self = .rejected
        }
    }
}
