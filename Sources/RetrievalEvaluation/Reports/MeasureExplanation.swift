/// Says in plain words what a measure tells.
enum MeasureExplanation {
    /// A sentence for each kind of measure in the order given; measures that need more than a sentence are left out.
    static func sentences(_ measures: [Measure]) -> String {
        var names: [String] = []
        for measure in measures where !names.contains(measure.name) { names.append(measure.name) }
        return names.compactMap { name in words[name].map { "\(name): \($0)." } }.joined(separator: " ")
    }

    private static let words = [
        "RR": "1 where the first document is relevant, 1/2 where the second is the first relevant one, and so on",
        "nDCG": "how near the order comes to the best possible one, which is 1",
        "R": "the share of the relevant documents that were found",
        "P": "the share of the found documents that are relevant",
        "AP": "the mean precision at each relevant document",
        "Success": "the share of queries with a relevant document at the top",
        "Rprec": "the precision where as many documents are looked at as are relevant",
        "RBP":
            "the share of relevant documents that a reader meets who goes on from each document with the same chance",
        "ERR": "1 divided by the rank at which a reader is satisfied, in the mean",
        "Judged": "the share of the found documents that somebody judged",
    ]
}
