import RetrievalData

@testable import RetrievalEvaluation

/// Made-up results with every section filled, of a size like that of a real experiment.
enum SampleResults {
    /// Results whose every number follows from the seed.
    static func full(seed: UInt64 = 7, queries: Int = 300) throws -> ExperimentResults {
        var random = SeededRandom(seed: seed)
        let measures = try Measure.list("nDCG@10 RR@10 R@100 AP")
        let levels = [
            "bm25": 0.61, "untrained": 0.24, "before": 0.57, "control": 0.585, "after": 0.633, "hybrid": 0.671,
        ]
        var results = ExperimentResults(
            dataset: "scifact", split: "test", seeds: [1, 2, 3], measures: measures,
            systems: Dictionary(
                uniqueKeysWithValues: levels.map { ($0.key, system($0.value, measures, $0.key == "bm25")) }),
            comparisons: measures.enumerated().flatMap { place, measure in
                [
                    comparison("before", "after", measure, 0.063 - Double(place) / 100, 0.0004 + Double(place) / 90),
                    comparison("control", "after", measure, 0.048 - Double(place) / 90, 0.011 + Double(place) / 40),
                    comparison("bm25", "after", measure, 0.023 - Double(place) / 80, 0.21 + Double(place) / 9),
                ]
            }, mining: mining, timings: ["index": 1.25, "mine": 4.5, "train after": 61.75, "encode": 8.125],
            leak: leak(measures),
            provenance: Provenance(
                version: "0.9", command: "decoy experiment scifact --split test --seeds 3 -o out",
                versions: ["ICU": "72.1", "analyzer": "english-3"],
                inputs: ["corpus.jsonl": "5f1d7a84db64d2a3", "queries.jsonl": "1122334455667788"],
                options: .object(["epochs": .integer(4), "training": .object(["learningRate": .number(0.05)])])),
            notes: [
                "Of the relevant documents of this split 12 % are relevant documents of the train split too; on the 240 queries "
                    + "without any, after reaches nDCG@10 0.6120."
            ])
        results.choices = ["The relative margin 0.05 of mined negatives is the smallest that costs no recall on dev."]
        results.changes = (0..<queries).map { place in
            let before = Double(random.next(below: 11)) / 10
            let moves = random.next(below: 3) > 0
            let after = moves ? min(max(before + Double(random.next(below: 101)) / 100 - 0.42, 0), 1) : before
            return QueryChange(queryID: "q\(place)", before: before, after: after)
        }
        results.curves = levels.map { curve($0.key, $0.value) }.sorted { $0.system < $1.system }
        let edges = (-10...10).map { Double($0) / 10 }
        results.hardness = [("before", 0.02), ("after", 0.21)].map { name, mean in
            let gaps = (0..<500).map { _ in
                mean + (Double(random.next(below: 1000)) + Double(random.next(below: 1000)) - 1000) / 2000
            }
            return NegativeHardness(system: name, gaps: gaps, edges: edges)
        }
        for (name, start) in [("before", 2.1), ("control", 2.6), ("after", 3.2)] {
            for seed in results.seeds {
                let wobble = Double(random.next(below: 100)) / 800
                results.learning.append(
                    LearningCurve(
                        system: name, seed: seed, losses: (1...8).map { start / (1 + 0.25 * Double($0)) + wobble },
                        devMeasure: "nDCG@10", devValues: (1...8).map { 0.6 - 0.3 / Double($0) + wobble / 4 }))
            }
        }
        results.ablations = [0, 0.05, 0.1].map { value in
            AblationResult(
                option: "relative-margin", value: "\(value)", isUsed: value == 0.05, split: "dev",
                measures: Dictionary(uniqueKeysWithValues: measures.map { ($0.description, 0.6 - abs(value - 0.05)) }),
                deviation: Dictionary(uniqueKeysWithValues: measures.map { ($0.description, 0.004) }))
        }
        results.unjudged = UnjudgedReport(
            measure: measures[0], depth: 10, shares: levels.mapValues { 0.9 - $0 / 2 },
            bounds: [
                .init(baseline: "before", run: "after", difference: 0.063, pessimistic: -0.101, optimistic: 0.214),
                .init(baseline: "bm25", run: "after", difference: 0.023, pessimistic: -0.142, optimistic: 0.187),
            ])
        results.cases = (0..<6).map { queryCase($0, isWin: true) } + (0..<4).map { queryCase($0, isWin: false) }
        return results
    }

    static func system(_ base: Double, _ measures: [Measure], _ isSeedless: Bool = false) -> SystemResult {
        let means = Dictionary(
            uniqueKeysWithValues: measures.enumerated().map { ($1.description, base + Double($0) / 20) })
        return SystemResult(
            measures: means,
            perSeed: isSeedless ? [means] : [-0.003, 0, 0.003].map { shift in means.mapValues { $0 + shift } },
            deviation: isSeedless ? nil : means.mapValues { _ in 0.003 },
            intervals: means.mapValues { BootstrapInterval(lower: $0 - 0.041, upper: $0 + 0.043, level: 0.95) })
    }

    static func comparison(
        _ baseline: String, _ run: String, _ measure: Measure, _ difference: Double, _ p: Double
    ) -> Comparison {
        Comparison(
            baseline: baseline, run: run, measure: measure, difference: difference, p: p, pCorrected: min(p * 3, 1),
            wins: 96, ties: 143, losses: 61, queries: 300,
            interval: BootstrapInterval(lower: difference - 0.031, upper: difference + 0.032, level: 0.95),
            effectSize: difference * 4, minimumDetectable: 0.0312, pMixed: min(p * 2, 1), test: "t", correction: .holm)
    }

    static func queryCase(_ place: Int, isWin: Bool) -> QueryCase {
        let company = CaseDocument(
            id: "d\(place)a", title: "Apple Inc.",
            snippet: [
                .init(text: "… the technology company ", isQueryWord: false), .init(text: "Apple", isQueryWord: true),
                .init(text: " published its results for the quarter, and its ", isQueryWord: false),
                .init(text: "recipes", isQueryWord: true), .init(text: " for growth …", isQueryWord: false),
            ], grade: nil)
        let fruit = CaseDocument(
            id: "d\(place)b",
            title: "Baked apples with cinnamon, raisins and almonds: a fruit dessert for long winter evenings",
            snippet: [
                .init(text: "Core the ", isQueryWord: false), .init(text: "apples", isQueryWord: true),
                .init(text: ", fill them with ", isQueryWord: false), .init(text: "fruit", isQueryWord: true),
                .init(text: " and bake for half an hour.", isQueryWord: false),
            ], grade: 2)
        let other = CaseDocument(id: "d\(place)c", title: "Orchards of the north", snippet: [], grade: 0)
        let good = [fruit, other, company]
        let bad = [company, other, fruit]
        return QueryCase(
            queryID: "q\(place)", query: "apple fruit recipes \(place)", valueBefore: isWin ? 0.1 : 0.9,
            valueAfter: isWin ? 0.95 : 0.3, before: isWin ? bad : good, after: isWin ? good : bad, relevant: fruit,
            rankBefore: isWin ? 3 : 1, rankAfter: isWin ? 1 : 3, wrong: company)
    }

    private static func curve(_ system: String, _ level: Double) -> RankCurve {
        let depths = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        return RankCurve(
            system: system, depths: depths,
            recall: depths.map { 1 - (1 - level * 0.6) / (1 + Double($0) * level / 9) },
            precision: (0...10).map { level * 1.2 * (1 - Double($0) / 13) })
    }

    private static let mining = JSONTree.object([
        "queries": .integer(809), "rejected": .object(["positive": .integer(919), "relativeMargin": .integer(2300)]),
        "averagePerQuery": .number(4.5), "negativeScores": .object(["mean": .number(7.25), "count": .integer(3640)]),
    ])

    private static func leak(_ measures: [Measure]) -> LeakReport {
        var train = Qrels()
        var test = Qrels()
        for place in 0..<20 {
            train.judge(query: "t\(place)", document: "d\(place)", grade: 1)
            test.judge(query: "q\(place)", document: "d\(place + 15)", grade: 1)
        }
        let queries = [Query(id: "t1", text: "apple pie"), Query(id: "q1", text: "Apple  pie")]
        var leak = LeakReport(train: train, test: test, queries: queries, evaluations: [])
        for (name, value) in [("before", 0.55), ("after", 0.62), ("bm25", 0.6)] {
            leak.systems[name] = .init(
                seen: Dictionary(uniqueKeysWithValues: measures.map { ($0.description, value + 0.1) }),
                unseen: Dictionary(uniqueKeysWithValues: measures.map { ($0.description, value) }))
        }
        return leak
    }
}
