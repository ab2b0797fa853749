import RetrievalData

/// The judgements and runs of `Fixtures/random_runs.py`, whose golden values are committed.
struct RandomRun {
    var qrels = Qrels()
    var run: Run

    init(_ number: Int) {
        run = Run(name: "random\(number)")
        var random = SeededRandom(seed: UInt64(number))
        func below(_ bound: UInt64) -> Int { Int(random.next() % bound) }
        let (lowest, grades): (Int, UInt64) = [(0, 2), (0, 5), (-2, 5)][number % 3]
        for query in 1..<(5 + below(5)) {
            let pool = [4, 12, 30][below(3)]
            let barren = below(8) == 0
            var marks: [(DocumentID, Int)] = []
            for document in 0..<pool where below(3) > 0 {
                let grade = lowest + below(grades)
                marks.append(("d\(document)", barren ? min(grade, 0) : grade))
            }
            if marks.allSatisfy({ $0.1 < 0 }) { marks.insert(("d\(pool)", 0), at: 0) }
            for (document, grade) in marks { qrels.judge(query: "\(query)", document: document, grade: grade) }
            if below(8) == 0 && query > 1 { continue }
            var documents: [ScoredDocument] = []
            for document in 0..<(pool + 6) where below(4) > 0 {
                documents.append(ScoredDocument(id: "d\(document)", score: Double(below(24) - 8) / 4))
            }
            run.rankings.append(Ranking(queryID: "\(query)", documents: documents))
        }
        if below(2) == 0 {
            run.rankings.append(Ranking(queryID: "99", documents: [ScoredDocument(id: "d1", score: 1)]))
        }
    }
}
