import DecoyTestSupport
import Foundation
import RetrievalData
import Testing

@Suite("Fusion of runs")
struct FusionTests {
    /// Runs with ties, queries that not all have, and rankings of one document.
    private func randomRuns(_ generator: inout SeededGenerator) -> [Run] {
        (0..<Int.random(in: 1...4, using: &generator)).map { number in
            var run = Run(name: "run\(number)")
            for query in 0..<5 where Int.random(in: 0..<4, using: &generator) > 0 {
                let ids = (0..<12).filter { _ in Bool.random(using: &generator) }
                let documents = ids.map {
                    ScoredDocument(id: "d\($0)", score: Double(Int.random(in: -4...9, using: &generator)) / 2)
                }
                if !documents.isEmpty { run.rankings.append(Ranking(queryID: "q\(query)", sorting: documents)) }
            }
            return run
        }
    }

    /// The formulas, document by document.
    private func naive(_ fusion: RunFusion, _ runs: [Run], _ query: QueryID) -> [ScoredDocument] {
        let rankings = runs.map { run in
            Array((run.rankings.first { $0.queryID == query }?.documents ?? []).prefix(fusion.depth ?? 1000))
        }
        func scaled(_ score: Double, _ all: [Double]) -> Double {
            let (low, high) = (all.min() ?? 0, all.max() ?? 0)
            let mean = all.reduce(0, +) / Double(all.count)
            let deviation = (all.map { pow($0 - mean, 2) }.reduce(0, +) / Double(all.count)).squareRoot()
            switch fusion.normalization {
            case .none: return score
            case .maximum: return high > 0 ? score / high : 0
            case .minMax: return high > low ? (score - low) / (high - low) : 0
            case .zScore: return high > low ? (score - mean) / deviation : 0
            case .sum: return high > low ? (score - low) / all.map { $0 - low }.reduce(0, +) : 0
            }
        }
        let ids = Set(rankings.flatMap { $0.map(\.id) })
        return ids.map { id in
            var scores: [Double] = []
            for (run, ranking) in rankings.enumerated() {
                guard let place = ranking.firstIndex(where: { $0.id == id }) else { continue }
                let weight = fusion.weights?[run] ?? 1
                scores.append(
                    fusion.method == .rrf
                        ? weight / (fusion.constant + Double(place) + 1)
                        : weight * scaled(ranking[place].score, ranking.map(\.score)))
            }
            scores.sort()
            let sum = scores.reduce(0, +)
            let half = scores.count / 2
            let score =
                switch fusion.method {
                case .rrf, .weighted, .combSUM: sum
                case .combMNZ: sum * Double(scores.count)
                case .combANZ: sum / Double(scores.count)
                case .combMAX: scores[scores.count - 1]
                case .combMIN: scores[0]
                case .combMED: scores.count % 2 == 1 ? scores[half] : (scores[half - 1] + scores[half]) / 2
                }
            return ScoredDocument(id: id, score: score)
        }
    }

    @Test("Every method with every normalisation gives the scores of its formula, in the total order.")
    func formulas() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6 {
            let runs = randomRuns(&generator)
            let depth = Bool.random(using: &generator) ? Int.random(in: 1...4, using: &generator) : nil
            let weights = runs.map { _ in Double.random(in: 0.1...3, using: &generator) }
            for method in FusionMethod.allCases {
                for normalization in ScoreNormalization.allCases {
                    let fusion = RunFusion(
                        method, normalization: normalization, weights: method.takesWeights ? weights : nil,
                        constant: 7, depth: depth)
                    try fusion.validate(runs: runs.count)
                    let fused = fusion.fused(runs, name: "x")
                    #expect(fused.name == "x")
                    #expect(Set(fused.rankings.map(\.queryID)) == Set(runs.flatMap { $0.rankings.map(\.queryID) }))
                    for ranking in fused.rankings {
                        let expected = naive(fusion, runs, ranking.queryID)
                        let scores = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0.score) })
                        #expect(ranking.documents.count == expected.count, "seed \(seed), \(fusion)")
                        for document in ranking.documents {
                            let score = try #require(scores[document.id])
                            #expect(abs(document.score - score) < 1e-9, "seed \(seed), \(fusion)")
                        }
                        let inOrder = zip(ranking.documents, ranking.documents.dropFirst()).allSatisfy {
                            $0.precedes($1)
                        }
                        #expect(inOrder, "seed \(seed), \(fusion)")
                    }
                }
            }
        }
    }

    @Test("The scores are those of ranx 0.3.21 for every method and normalisation.")
    func golden() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/fusion.tsv")
        var tables: [[QueryID: [ScoredDocument]]] = [[:], [:], [:]]
        var expected: [RunFusion: [QueryID: [DocumentID: Double]]] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let cells = line.split(separator: "\t").map(String.init)
            let score = try #require(cells.last.flatMap(Double.init))
            if cells[0] == "run" {
                let run = try #require(Int(cells[1]))
                tables[run][cells[2], default: []].append(ScoredDocument(id: cells[3], score: score))
            } else {
                let method = try #require(FusionMethod(rawValue: cells[1]))
                let fusion = RunFusion(
                    method, normalization: try #require(ScoreNormalization(rawValue: cells[2])),
                    weights: method == .weighted ? [1, 0.5, 2] : nil)
                expected[fusion, default: [:]][cells[3], default: [:]][cells[4]] = score
            }
        }
        let runs = tables.enumerated().map { number, table in
            Run(name: "\(number)", rankings: table.map { Ranking(queryID: $0.key, sorting: $0.value) })
        }
        #expect(expected.count == 36)
        for (fusion, queries) in expected {
            let fused = fusion.fused(runs, name: "x")
            #expect(fused.rankings.count == queries.count)
            for ranking in fused.rankings {
                let wanted = try #require(queries[ranking.queryID])
                #expect(ranking.documents.count == wanted.count)
                for document in ranking.documents {
                    let score = try #require(wanted[document.id])
                    #expect(abs(document.score - score) < 1e-12, "\(fusion), \(ranking.queryID), \(document.id)")
                }
            }
        }
    }

    @Test(
        "Queries come in the order of the first run, then of the next; one that a run lacks is fused from the others.")
    func queries() {
        func run(_ name: String, _ queries: [QueryID]) -> Run {
            Run(
                name: name,
                rankings: queries.map {
                    Ranking(queryID: $0, documents: [ScoredDocument(id: name, score: 2)])
                })
        }
        let fused = RunFusion(constant: 1).fused([run("a", ["3", "1"]), run("b", ["2", "1", "4"])], name: "x")
        #expect(fused.rankings.map(\.queryID) == ["3", "1", "2", "4"])
        #expect(fused.rankings.map { $0.documents.map(\.id) } == [["a"], ["b", "a"], ["b"], ["b"]])
        #expect(fused.rankings.allSatisfy { $0.documents.allSatisfy { $0.score == 0.5 } })
    }

    @Test("Weights and constants that cannot be are refused.")
    func validation() {
        for (fusion, fragment) in [
            (RunFusion(.weighted, weights: [1]), "number of weights (1)"),
            (RunFusion(.combMNZ, weights: [1, 1]), "takes no weights"),
            (RunFusion(.weighted, weights: [1, -1]), "0 or more"), (RunFusion(weights: [0, 0]), "above 0"),
            (RunFusion(.weighted, weights: [1, .infinity]), "0 or more"), (RunFusion(constant: -1), "constant"),
            (RunFusion(constant: .nan), "constant"), (RunFusion(depth: 0), "depth"),
        ] {
            let error = #expect(throws: FusionError.self) { try fusion.validate(runs: 2) }
            #expect(error?.description.contains(fragment) == true, "\(fusion)")
        }
    }
}
