/// What a mining report says of its estimate of unlabelled positives.
struct MiningEstimateTable {
    let estimate: MiningResults.Estimate

    /// Where the estimate comes from and what it rejects.
    var sentence: String {
        let origin = estimate.origin == "standard" ? "with standard coefficients of another corpus" : "fitted here"
        return "An estimate, \(origin), of how likely a candidate is an unlabelled positive: above "
            + "\(NumberText.fixed(estimate.limit, 4)) it is rejected. "
            + "It rests on \(estimate.hiddenPositives) labelled positives that were hidden among \(estimate.others) other candidates; "
            + "the table compares what it predicts with what was so, each query being left out of the fit that judges it."
    }

    /// Candidates by their probability, with the share of hidden positives that was predicted and the one that was there.
    var calibration: ResultTable {
        ResultTable(
            columns: ["probability from", "to", "candidates", "predicted", "observed"].map { .init($0) },
            rows: estimate.calibration.map { bin in
                [NumberText.fixed(bin.from, 3), NumberText.fixed(bin.to, 3), "\(bin.count)"]
                    + [bin.predicted, bin.observed].map { NumberText.fixed($0) }
            })
    }
}
