import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct ChartTests {
    @Test("Ticks are round, lie in the domain, and have labels of equal decimals.")
    func ticks() {
        let scale = ChartScale(0.52...0.88, start: 0, end: 100)
        #expect(scale.labels() == ["0.6", "0.7", "0.8"])
        #expect(ChartScale(-0.02...0.02, start: 0, end: 1).labels() == ["−0.02", "−0.01", "0.00", "0.01", "0.02"])
        #expect(ChartScale(0...3000, start: 0, end: 1).labels() == ["0", "1000", "2000", "3000"])
        #expect(ChartScale(1...1000, start: 0, end: 3, isLogarithmic: true).labels() == ["1", "10", "100", "1000"])
        var random = SeededRandom(seed: 11)
        for _ in 0..<500 {
            let low = Double(random.next(below: 2000)) / 100 - 10
            let high = low + Double(random.next(below: 100_000) + 1) / 10_000
            let ticks = ChartScale(low...high, start: 0, end: 1).ticks()
            #expect(ticks.count >= 2 && ticks.count <= 7, "seed 11: \(low)…\(high)")
            #expect(ticks.allSatisfy { $0 >= low - 1e-6 && $0 <= high + 1e-6 }, "seed 11: \(low)…\(high)")
        }
    }

    @Test("Places follow the domain; what lies beyond stands at the end, and what is no number at the start.")
    func places() {
        let scale = ChartScale(0...10, start: 50, end: 150)
        #expect(scale.place(5) == 100 && scale.place(99) == 150 && scale.place(-1) == 50 && scale.place(.nan) == 50)
        let logarithmic = ChartScale(1...100, start: 0, end: 2, isLogarithmic: true)
        #expect(abs(logarithmic.place(10) - 1) < 1e-12)
        #expect(ChartScale(3...3, start: 7, end: 9).place(3) == 7)
    }

    @Test("A domain has round ends around its values and some width even where all values are equal.")
    func domains() {
        #expect(ChartScale.domain(of: []) == 0...1)
        #expect(ChartScale.domain(of: [.nan, .infinity]) == 0...1)
        let equal = ChartScale.domain(of: [0.5, 0.5])
        #expect(equal.lowerBound < 0.5 && equal.upperBound > 0.5)
        #expect(ChartScale.domain(of: [0, 0], includingZero: true).upperBound > 0)
        let usual = ChartScale.domain(of: [0.23, 0.57])
        #expect(abs(usual.lowerBound - 0.2) < 1e-9 && abs(usual.upperBound - 0.6) < 1e-9)
    }

    @Test("Labels keep their order and a distance, and stay in their range where it has room.")
    func labels() {
        #expect(LabelPlaces.spread([50, 10, 51], apart: 10, within: 0...100) == [50, 10, 60])
        #expect(LabelPlaces.spread([99, 100, 98], apart: 10, within: 0...100) == [90, 100, 80])
        #expect(LabelPlaces.spread([], apart: 10, within: 0...100).isEmpty)
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            let wanted = (0..<6).map { _ in Double(random.next(below: 100)) }
            let places = LabelPlaces.spread(wanted, apart: 12, within: 0...100).sorted()
            #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 12 - 1e-9 }, "seed 3: \(wanted)")
            #expect(places.allSatisfy { (0...100).contains($0) }, "seed 3: \(wanted)")
        }
    }

    @Test("A distribution of changes counts every query once, by its sign and by its bin.")
    func changes() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<50 {
            let changes = (0..<(1 + random.next(below: 200))).map { place in
                QueryChange(
                    queryID: "q\(place)", before: Double(random.next(below: 21)) / 20,
                    after: Double(random.next(below: 21)) / 20)
            }
            let distribution = ChangeDistribution(changes)
            let differences = changes.map { $0.after - $0.before }
            #expect(distribution.won == differences.count { $0 > 1e-12 }, "seed 5")
            #expect(distribution.lost == differences.count { $0 < -1e-12 }, "seed 5")
            #expect(distribution.won + distribution.lost + distribution.equal == changes.count, "seed 5")
            #expect(distribution.bins.map(\.count).reduce(0, +) == distribution.won + distribution.lost, "seed 5")
            for bin in distribution.bins {
                let naive = differences.count {
                    abs($0) > 1e-12
                        && (bin.lower >= -1e-12
                            ? $0 > bin.lower + 1e-9 && $0 <= bin.upper + 1e-9
                            : $0 >= bin.lower - 1e-9 && $0 < bin.upper - 1e-9)
                }
                #expect(bin.count == naive, "seed 5: \(bin)")
            }
        }
    }

    @Test("No change gives no bins; the text of a distribution has a line for each bin.")
    func changeText() {
        let equal = ChangeDistribution([QueryChange(queryID: "q", before: 1, after: 1)])
        #expect(equal.bins.isEmpty && equal.text.isEmpty)
        #expect(equal.sentence("RR") == "Of 1 query 0 won in RR from before to after, 0 lost, and 1 stayed equal.")
        let two = ChangeDistribution([
            QueryChange(queryID: "a", before: 0, after: 0.2), QueryChange(queryID: "b", before: 0.1, after: 0),
        ])
        #expect(two.text.split(separator: "\n").count == two.bins.count && two.text.contains("█ 1"))
    }

    @Test("A chart's text alternative has the numbers that it draws.")
    func alternatives() {
        let interval = BootstrapInterval(lower: 0.4, upper: 0.6, level: 0.95)
        let chart = DumbbellChart(rows: [
            .init(title: "RR", before: 0.5, after: 0.7, beforeInterval: interval, mark: "*", control: 0.55, bm25: nil)
        ])
        #expect(
            chart.description == "RR: before 0.5000 (0.4000 to 0.6000), after 0.7000, control 0.5500.")
        let lines = LineChart(
            title: "t", xTitle: "x", yTitle: "y",
            series: [.init(title: "s", points: [(x: 1, y: 0.25), (x: 10, y: 0.5)], style: SeriesStyle(0))])
        #expect(lines.description == "s: from 0.2500 at 1 to 0.5000 at 10.")
        #expect(MarkupBalance(lines.svg(id: "a") + chart.svg(id: "b")).errors == [])
    }

    @Test(
        "Systems look different without colours: each has dashes of its own, and the known ones the same in every chart."
    )
    func styles() {
        let names = ["bm25", "untrained", "before", "control", "after", "hybrid", "x", "y"]
        let styles = names.map { SeriesStyle(system: $0, among: names) }
        #expect(Set(styles.map(\.dashes)).count == names.count && Set(styles.map(\.colour)).count == names.count)
        #expect(Set((0..<64).map { SeriesStyle($0) }).count == 64)
        #expect(SeriesStyle(system: "after", among: ["after"]) == styles[4] && styles[4].dashes.isEmpty)
    }
}
