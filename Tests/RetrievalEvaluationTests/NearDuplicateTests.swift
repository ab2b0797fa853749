import DecoyTestSupport
import RetrievalData
import Testing

@testable import RetrievalEvaluation

struct NearDuplicateTests {
    /// Every pair compared in full.
    private func naive(_ train: [String], _ test: [String], _ threshold: Double) -> [(train: Int, similarity: Double)?]
    {
        let sets = train.map(naiveShingles)
        return test.map { text in
            let set = naiveShingles(text)
            var best: (train: Int, similarity: Double)?
            for (place, other) in sets.enumerated() {
                let union = set.union(other).count
                if union == 0 { continue }
                let similarity = Double(set.intersection(other).count) / Double(union)
                if similarity >= threshold, similarity > best?.similarity ?? 0 { best = (place, similarity) }
            }
            return best
        }
    }

    private func naiveShingles(_ text: String) -> Set<String> {
        let scalars = text.isEmpty ? [] : Array(" \(text) ".unicodeScalars)
        return Set((0..<max(scalars.count - 2, 0)).map { start in scalars[start..<start + 3].map { "\($0)" }.joined() })
    }

    @Test(
        "The search finds what comparing all pairs finds, at every threshold.", arguments: [0.1, 0.3, 0.5, 0.7, 0.8, 1])
    func reference(threshold: Double) {
        let seed: UInt64 = 31
        var random = SeededGenerator(seed: seed)
        let words = [
            "apple", "pie", "recipe", "how", "to", "make", "a", "crust", "苹果", "パイ", "é", "ß", "of", "the", "best",
        ]
        func text() -> String {
            (0..<Int.random(in: 0...7, using: &random)).compactMap { _ in words.randomElement(using: &random) }
                .joined(separator: " ")
        }
        var train = (0..<60).map { _ in text() }
        var test = (0..<40).map { _ in text() }
        for _ in 0..<20 {
            guard let base = train.randomElement(using: &random), !base.isEmpty else { continue }
            var scalars = Array(base.unicodeScalars)
            scalars[Int.random(in: 0..<scalars.count, using: &random)] = "x"
            test.append(String(String.UnicodeScalarView(scalars)))
        }
        train.append(contentsOf: train.prefix(3))
        let found = NearDuplicateSearch(ShingleSets(train: train, test: test), threshold: threshold).matches()
        let wanted = naive(train, test, threshold)
        #expect(found.map { $0?.train } == wanted.map { $0?.train }, "seed \(seed)")
        #expect(found.map { $0?.similarity } == wanted.map { $0?.similarity }, "seed \(seed)")
        #expect(threshold == 1 || found.contains { $0 != nil })
    }

    private func report(_ train: [(QueryID, String)], _ test: [(QueryID, String)], threshold: Double = 0.7)
        -> LeakReport
    {
        func qrels(_ queries: [(QueryID, String)]) -> Qrels {
            var qrels = Qrels()
            for (id, _) in queries { qrels.judge(query: id, document: "d", grade: 1) }
            return qrels
        }
        return LeakReport(
            train: qrels(train), test: qrels(test), queries: (train + test).map { Query(id: $0.0, text: $0.1) },
            evaluations: [], nearDuplicateThreshold: threshold)
    }

    @Test("A test query has its most similar train query, and identical ones count only as identical.")
    func report() {
        let report = report(
            [
                ("t1", "biomaterials lack inductive properties in humans"), ("t2", "Something else"),
                ("t3", "biomaterials have inductive properties in humans"), ("t4", "苹果派怎么做才好吃"),
            ],
            [
                ("s1", "Biomaterials  lack inductive properties in human"), ("s2", "something ELSE"),
                ("s3", "nothing of it"),
                ("s4", "苹果派怎么做才最好吃"), ("s5", ""),
            ], threshold: 0.5)
        #expect(report.identicalQueries == [.init(test: "s2", train: "t2")] && report.identicalQueryCount == 1)
        #expect(
            report.nearDuplicates.map(\.test) == ["s1", "s4"] && report.nearDuplicates.map(\.train) == ["t1", "t4"])
        #expect(report.nearDuplicateCount == 2 && report.nearDuplicateThreshold == 0.5)
        #expect(report.nearDuplicates.allSatisfy { $0.similarity >= 0.5 && $0.similarity < 1 })
    }

    @Test("The lists are cut at their limit, the counts are not.")
    func limit() {
        let train = (0..<130).map { ("t\($0)", "query number \($0) about apple pies") }
        let test = (0..<130).map { ("s\($0)", "query number \($0) about apple pie") }
        let near = report(train, test)
        #expect(near.nearDuplicates.count == LeakReport.pairLimit && near.nearDuplicateCount == 130)
        #expect(near.nearDuplicates.first?.train == "t0" && near == report(train, test))
    }
}
