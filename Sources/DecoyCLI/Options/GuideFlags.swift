import ArgumentParser
import Decoy

/// The options of a guide, which masks probable false negatives as training goes (GISTEmbed).
struct GuideFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A trained model that masks false negatives: a document of the batch, mined or not, that it scores above the positive is left \
            out of the query's loss (GISTEmbed; infonce, triplet, contrastive).
            """, valueName: "model"), completion: .directory)
    var guide: String?

    @Option(
        parsing: .unconditional,
        help:
            "Mask documents from this far below the positive's cosine on, by --guide; a negative number masks fewer. (default: 0)"
    )
    var guideMargin: Double?

    @Option(
        parsing: .unconditional,
        help: "The same as a share of the positive's cosine, such as 0.05; both together add up. (default: 0)")
    var guideRelativeMargin: Double?

    /// Puts the margins among the options; throws what cannot be right.
    func apply(to options: inout TrainingOptions) throws {
        guard guide != nil else {
            guard guideMargin == nil, guideRelativeMargin == nil else {
                throw UsageProblem("--guide-margin and --guide-relative-margin: need --guide MODEL")
            }
            return
        }
        if options.loss.needsTeacher {
            throw UsageProblem(
                "--guide: the loss \(options.loss.rawValue) has no negatives to mask; use infonce, triplet or contrastive"
            )
        }
        for (name, value) in [("--guide-margin", guideMargin), ("--guide-relative-margin", guideRelativeMargin)] {
            if let value, !value.isFinite {
                throw UsageProblem("\(name): \(value) cannot be used; expected a number")
            }
        }
        options.guideMargin = guideMargin ?? 0
        options.guideRelativeMargin = guideRelativeMargin ?? 0
    }

    /// The guide for a training set; nil where none was asked for.
    func guide(for set: TrainingSet, documents: [Document], queries: [Query], threads: Int) throws -> Guide? {
        guard let guide else { return nil }
        return try Guide(
            try Checkpoint.read(guide).model, for: set, documents: documents, queries: queries, threads: threads)
    }

    /// What the model card says of it; empty without a guide.
    func notes(_ report: TrainingReport) -> [String] {
        guard let guide, let counts = report.guide else { return [] }
        func percent(_ share: Double) -> String { "\((share * 10_000).rounded() / 100) %" }
        let name = guide.split(separator: "/").last.map(String.init) ?? guide
        let own = counts.ownNegatives > 0 ? " and \(percent(counts.ownMaskedShare)) of the queries' own" : ""
        return ["the guide \(name) masked \(percent(counts.maskedShare)) of the negatives in the batches\(own)"]
    }
}
