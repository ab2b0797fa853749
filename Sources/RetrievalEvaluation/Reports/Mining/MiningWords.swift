/// The words of mining for people.
enum MiningWords {
    /// A candidate's score by the positive's, on one line.
    static let relativeScore = "s\u{A0}/\u{A0}s⁺"

    /// `nearDuplicateOfPositive` as "near duplicate of positive".
    static func fate(_ name: String) -> String { MiningTables.words(name) }

    /// What a fate means; nothing for a filter of one's own.
    static func meaning(_ fate: String) -> String { meanings[fate] ?? "" }

    private static let meanings = [
        "kept": "became a negative",
        "positive": "judged relevant to the query",
        "notInPool": "not among the documents that may be negatives",
        "belowRangeMin": "ranked above the window",
        "missingDocument": "no text is there",
        "duplicateOfPositive": "has the text of a positive",
        "relativeMargin": "scores too near the positive, relative to it",
        "absoluteMargin": "scores too near the positive",
        "maxScore": "scores above the limit",
        "minScore": "scores below the limit",
        "duplicateOfNegative": "has the text of a better candidate",
        "nearDuplicateOfPositive": "has most of a positive's text",
        "nearDuplicateOfNegative": "has most of a better candidate's text",
        "queryIsDocument": "the query was made of it",
        "judgedRelevant": "further judgements hold it relevant",
        "sameGroup": "of the same group as a positive",
        "answer": "holds an answer of the query",
        "teacher": "the teacher ranks it too high",
        "falseNegativeProbability": "too likely relevant",
        "otherSource": "another source gave the query this document",
        "tooFew": "passed all filters, and too few did",
        "notSampled": "passed all filters and was not drawn",
        "surplus": "passed all filters; better ones filled the number wanted",
    ]

    /// A number of things: "1 query", "2 queries".
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    /// A number with three decimals; a dash for none.
    static func number(_ value: Double?, _ decimals: Int = 3) -> String {
        value.map { NumberText.fixed($0, decimals).replacing("-", with: "−") } ?? "–"
    }
}
