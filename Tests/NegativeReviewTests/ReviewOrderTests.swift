import DecoyTestSupport
import NegativeReview
import Testing

@Suite("The order of questions")
struct ReviewOrderTests {
    @Test("By probability, then relative score, score and rank; what is not known comes last; ties by id.")
    func order() {
        let items = [
            item("q1/a", probability: 0.9, score: 1), item("q1/b", probability: 0.5, score: 9, positiveScore: 10),
            item("q1/c", probability: 0.5, score: 20, positiveScore: 40), item("q1/d", probability: 0.5, score: 30),
            item("q2/e", score: 8, positiveScore: 10), item("q2/f", score: 12, rank: 0),
            item("q2/g", score: 12, rank: 3),
            item("q2/h", rank: 0), item("q2/i", rank: 1), item("q1/k"), item("q10/j"), item("q2/J"), item("q2/j"),
        ]
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20 {
            #expect(ReviewOrder.sorted(items.shuffled(using: &random)).map(\.name) == items.map(\.name))
        }
    }

    @Test("Of a question that stands twice the more doubtful one stays.")
    func twice() {
        let items = [item("q/a", probability: 0.2), item("q/b", probability: 0.5), item("q/a", probability: 0.8)]
        let sorted = ReviewOrder.sorted(items)
        #expect(sorted.map(\.name) == ["q/a", "q/b"] && sorted[0].falseNegativeProbability == 0.8)
    }

    @Test("It is a strict order on random items: any two are comparable one way, and it is transitive.")
    func strict() {
        var random = SeededGenerator(seed: 5)
        func some(_ values: Int) -> Double? {
            Bool.random(using: &random) ? Double(Int.random(in: 0..<values, using: &random)) : nil
        }
        let items = (0..<40).map {
            item(
                "q\($0 % 3)/d\($0)", probability: some(3), score: some(3), positiveScore: some(3),
                rank: some(3).map { Int($0) })
        }
        for a in items {
            for b in items where a != b {
                #expect(ReviewOrder.precedes(a, b) != ReviewOrder.precedes(b, a))
                for c in items where ReviewOrder.precedes(a, b) && ReviewOrder.precedes(b, c) {
                    #expect(ReviewOrder.precedes(a, c))
                }
            }
        }
    }
}
