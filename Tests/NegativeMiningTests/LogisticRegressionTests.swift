import DecoyTestSupport
import Foundation
import Testing

@testable import NegativeMining

struct LogisticRegressionTests {
    @Test("Coefficients equal those of scikit-learn, for several penalties.")
    func golden() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/logistic.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: "\t")
        }
        let rows = lines.filter { $0[0] == "row" }
        let features = rows.flatMap { $0[1...3].compactMap { Double($0) } }
        let labels = rows.map { $0[4] == "1" }
        let fits = lines.filter { $0[0] == "fit" }.map { $0.dropFirst().compactMap { Double($0) } }
        #expect(rows.count == 80 && fits.count == 3)
        for fit in fits {
            let model = try #require(
                LogisticRegression.fit(features, width: 3, labels: labels, penalty: fit[0]))
            for (ours, theirs) in zip(model.weights + [model.intercept], fit.dropFirst()) {
                #expect(abs(ours - theirs) < 1e-7, "penalty \(fit[0])")
            }
        }
    }

    @Test("With one feature of two values and hardly a penalty the weight is the logarithm of the odds ratio.")
    func closedForm() throws {
        // 30 of 40 positive where the feature is 1, 10 of 60 where it is 0.
        let features = Array(repeating: 1.0, count: 40) + Array(repeating: 0.0, count: 60)
        let labels = (0..<40).map { $0 < 30 } + (0..<60).map { $0 < 10 }
        let model = try #require(LogisticRegression.fit(features, width: 1, labels: labels, penalty: 1e-10))
        #expect(abs(model.intercept - log(10.0 / 50)) < 1e-7)
        #expect(abs((model.weights.first ?? 0) - log((30.0 / 10) / (10.0 / 50))) < 1e-7)
    }

    @Test("There is no fit where all labels are equal or rows and features don't match; separable rows have one.")
    func edges() throws {
        #expect(LogisticRegression.fit([1, 2], width: 1, labels: [true, true], penalty: 1) == nil)
        #expect(LogisticRegression.fit([1, 2, 3], width: 1, labels: [true, false], penalty: 1) == nil)
        #expect(LogisticRegression.fit([.nan, 2], width: 1, labels: [true, false], penalty: 1) == nil)
        let model = try #require(
            LogisticRegression.fit([-2, -1, 1, 2], width: 1, labels: [false, false, true, true], penalty: 1e-3))
        #expect(model.logit([2]) > 3 && model.logit([-2]) < -3)
        // A feature that is the same everywhere gets no weight.
        let constant = try #require(
            LogisticRegression.fit([1, 7, 2, 7, 3, 7, 4, 7], width: 2, labels: [false, true, false, true], penalty: 1))
        #expect(abs(constant.weights[1]) < 1e-9)
    }
}
