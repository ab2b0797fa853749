import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@testable import NegativeMining

struct FalseNegativeEstimateTests {
    /// Examples whose labels are drawn with a probability that the features decide.
    private func examples(seed: UInt64, count: Int = 3_000) -> (HiddenPositiveExamples, probabilities: [Double]) {
        var random = SeededGenerator(seed: seed)
        var examples = HiddenPositiveExamples(names: [.positiveGap, .overlap])
        var probabilities: [Double] = []
        for row in 0..<count {
            let features = [Double.random(in: -3...3, using: &random), Double.random(in: 0...1, using: &random)]
            let probability = LogisticRegression.sigmoid(1.2 * features[0] + 3 * features[1] - 4)
            probabilities.append(probability)
            examples.append(features, isPositive: Double.random(in: 0..<1, using: &random) < probability, part: row % 5)
        }
        return (examples, probabilities)
    }

    @Test(
        "Where labels follow a logistic law the estimate finds it, and its calibration table says so.",
        arguments: [1, 2])
    func calibration(seed: UInt64) throws {
        let (examples, truth) = examples(seed: seed)
        let estimate = try #require(FalseNegativeEstimate.fit(examples, options: EstimateOptions()))
        let errors = truth.indices.map { abs(estimate.probability(examples.row($0)) - truth[$0]) }
        #expect(errors.reduce(0, +) / Double(errors.count) < 0.02, "seed \(seed)")
        #expect(estimate.calibration.reduce(0) { $0 + $1.count } == truth.count)
        for bin in estimate.calibration where bin.count > 150 {
            #expect(bin.from <= bin.predicted && bin.predicted < bin.to)
            #expect(abs(bin.predicted - bin.observed) < 0.06, "seed \(seed), \(bin)")
        }
        #expect(estimate.hiddenPositives == examples.positiveCount)
        #expect(estimate.others == truth.count - examples.positiveCount)
    }

    @Test("The limit keeps out the share that was asked for, ties together.", arguments: [0.5, 0.8, 0.85, 1.0])
    func limit(share: Double) {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<50 {
            let values = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                Double(Int.random(in: 1...20, using: &random)) / 20
            }
            let limit = FalseNegativeEstimate.limit(keepingOut: share, of: values)
            let out = values.count { $0 > limit }
            #expect(Double(out) >= share * Double(values.count))
            // One step higher would keep out too few.
            if let lowest = values.filter({ $0 > limit }).min() {
                #expect(Double(values.count { $0 > lowest }) < share * Double(values.count))
            }
        }
        #expect(FalseNegativeEstimate.limit(keepingOut: share, of: []) == 1)
    }

    @Test("A given limit stands as it is; too few hidden positives give no fit.")
    func options() throws {
        let (examples, _) = examples(seed: 3, count: 500)
        let fixed = try #require(FalseNegativeEstimate.fit(examples, options: EstimateOptions(limit: 0.2)))
        #expect(fixed.limit == 0.2 && fixed.recall == nil)
        #expect(FalseNegativeEstimate.fit(examples, options: EstimateOptions(minimumHidden: 500)) == nil)
        #expect(throws: MiningError.self) { try EstimateOptions(recall: 0).validate() }
        #expect(throws: MiningError.self) { try EstimateOptions(limit: 1.5).validate() }
        #expect(throws: MiningError.self) { try EstimateOptions(limit: .nan).validate() }
    }

    @Test(
        "The standard coefficients have a weight for each feature, and a nearer and more similar candidate is likelier."
    )
    func standard() {
        let estimate = FalseNegativeEstimate.standard
        #expect(estimate.coefficients.weights.count == estimate.features.count)
        let far = [-3.0, -1, -4, 4.5, 0.05, -0.5, 0]
        let near = [0.5, 3, 0, 0, 0.6, 4, 0.5]
        #expect(estimate.probability(far) < 0.01)
        #expect(estimate.probability(near) > estimate.limit)
    }
}
