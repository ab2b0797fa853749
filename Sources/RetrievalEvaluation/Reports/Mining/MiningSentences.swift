/// What a mining report says in sentences.
struct MiningSentences {
    let results: MiningResults

    /// What was asked for and what came of it.
    var summary: String {
        let wanted = MiningWords.count(results.options.numNegatives, "negative", "negatives")
        var text = "\(results.name): \(results.negatives) negatives for "
        text += "\(MiningWords.count(results.mined, "query", "queries")), \(wanted) wanted for each. "
        let totals = Dictionary(grouping: results.fates ?? [], by: { MiningResults.outcome(of: $0.fate) })
            .mapValues { $0.reduce(0) { $0 + $1.candidates } }
        let all = MiningResults.Outcome.allCases.reduce(0) { $0 + (totals[$1] ?? 0) }
        if all > 0 {
            func share(_ outcome: MiningResults.Outcome) -> String {
                NumberText.percent(Double(totals[outcome] ?? 0) / Double(all))
            }
            text += "Of \(MiningWords.count(all, "candidate", "candidates")) \(share(.kept)) were kept, "
            text += "\(share(.rejected)) rejected, and \(share(.unused)) passed all filters and were not needed."
        }
        if let overruled = results.overruled {
            let count = overruled.values.reduce(0, +)
            text +=
                " People judged \(MiningWords.count(count, "negative", "negatives")) wrong that filters would have rejected."
        }
        return text
    }

    /// What a reader must know, a sentence each.
    var warnings: [String] {
        var warnings: [String] = []
        func add(_ number: Int?, _ text: (String) -> String) {
            if let number, number > 0 { warnings.append(text(MiningWords.count(number, "query", "queries"))) }
        }
        add(results.queriesWithoutPositives) { "Without a positive in the judgements, and so left out: \($0)." }
        add(results.judgedQueriesMissing) { "Judged, and not in the file of queries: \($0)." }
        add(results.queriesWithoutPositiveScore) {
            "The retriever knows no positive of \($0): nothing is there to take a margin from, and all candidates pass it."
        }
        return warnings
    }

    /// How many queries had too few survivors, and what was done with them.
    var shortfall: String {
        let short = results.shortQueries
        let wanted = results.options.numNegatives
        var text =
            short == 0
            ? "Every query has \(wanted == 1 ? "its negative" : "all \(wanted) negatives")."
            : "\(MiningWords.count(short, "query has", "queries have")) fewer than \(wanted), "
                + "\(results.emptyQueries) of them none; \(MiningWords.count(results.missingNegatives, "negative is", "negatives are")) missing."
        if results.widenedQueries > 0 {
            text +=
                " Windows were made deeper for \(MiningWords.count(results.widenedQueries, "query", "queries"))."
        }
        if results.filledQueries > 0 {
            text +=
                " \(MiningWords.count(results.filledQueries, "query was", "queries were")) filled up with "
                + "\(MiningWords.count(results.randomNegatives, "random document", "random documents"))."
        }
        if results.droppedQueries > 0 {
            text +=
                " \(MiningWords.count(results.droppedQueries, "query", "queries")) lost their negatives for being too few."
        }
        return text + " The option was --if-too-few \(results.options.ifTooFew)."
    }

    /// How to read the histograms.
    var scoresNote: String {
        var text =
            "A candidate's score s by the positive's score s⁺ (the \(results.options.marginAgainst) of the query's positives): "
            + "at 1 the retriever cannot tell them apart. Kept ones should lie left of it, and near. "
        if let margin = results.options.relativeMargin {
            text += "The relative margin rejects what lies right of \(MiningWords.number(1 - margin, 2)). "
        }
        return text + "Where s⁺ is 0 or less the candidates are left out here. "
            + "The last bin holds everything from 2 on. Each row has its own scale, which ends at its highest bin."
    }

    /// How to read the charts of ranks.
    var ranksNote: String {
        "What became of the candidates at each rank of the list, counted from 0 without the positives, and how near they come to the "
            + "positive (1) by their score. The axis is logarithmic and ends with the window, at \(results.options.rangeMax)."
            + (results.widenedQueries > 0
                ? " The numbers below go on; there only queries stand for which windows were made deeper." : "")
    }
}

extension MiningResults {
    /// What became of candidates, the reasons of rejections taken together.
    enum Outcome: String, CaseIterable {
        case kept, rejected, unused
    }

    /// nil for documents outside the pool, which are no candidates.
    static func outcome(of fate: String) -> Outcome? {
        switch fate {
        case "notInPool": nil
        case "kept": .kept
        case "surplus", "notSampled", "tooFew": .unused
        default: .rejected
        }
    }
}
