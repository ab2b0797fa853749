import RetrievalData

/// Splits a retriever's answer into the ranked window and what is set aside before ranks are counted.
///
/// Positives and documents outside the pool take no rank: the window reads as if they were not in the corpus. Reading stops with the
/// window's last rank; what the retriever ranks below that has no fate.
struct CandidateWindow {
    /// The candidates with ranks from `rangeMin`, best first.
    private(set) var candidates: [(document: ScoredDocument, rank: Int)] = []
    /// Each document that was read and is not in the window, with the number of candidates before it.
    private(set) var setAside: [Rejection] = []
    /// The first ranked documents whatever the window, as many as were asked for or are there.
    private(set) var leading: [ScoredDocument] = []
    /// Whether the last rank of the window was reached.
    private(set) var isFull = false
    /// Whether the window is full and all leading documents are there.
    private(set) var isComplete = false

    /// An empty window.
    init() {}

    init(
        _ documents: [ScoredDocument], positives: Set<DocumentID>, pool: Set<DocumentID>?, rangeMin: Int, rangeMax: Int,
        leading count: Int = 0
    ) {
        var rank = 0
        for document in documents {
            var reason: RejectionReason?
            var place: Int?
            if positives.contains(document.id) {
                reason = .positive
            } else if let pool, !pool.contains(document.id) {
                reason = .notInPool
            } else {
                place = rank
                if rank < count { leading.append(document) }
                if rank < rangeMin { reason = .belowRangeMin }
                rank += 1
            }
            if isFull {
                // Only leading documents are read behind the window.
            } else if let reason {
                setAside.append(Rejection(document: document.id, score: document.score, rank: place, reason: reason))
            } else if let place {
                candidates.append((document, place))
            }
            if rank >= rangeMax {
                isFull = true
                if rank >= count {
                    isComplete = true
                    return
                }
            }
        }
    }
}
