import DecoyTestSupport
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Negative sources")
struct NegativeSourceTests {
    private func choose(
        _ source: NegativeSource, _ set: TrainingSet, epoch: Int, epochs: Int = 4, model: DualEncoder
    ) throws -> NegativePlan.Choice {
        try NegativePlan(source, set: set, seed: 3, epochs: epochs).choose(
            epoch: epoch, set: set, model: model, threads: 2)
    }

    private func start(_ seed: UInt64 = 1) throws -> DualEncoder {
        try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options { $0.seed = seed })
    }

    @Test("Random negatives are distinct, never known positives, fresh each epoch and the same for the same seed.")
    func random() throws {
        let task = ToyTask(subjects: 30, seed: 2)
        let set = try task.set()
        let source = NegativeSource.random(count: 4, pool: task.documents.map(\.id))
        let first = try choose(source, set, epoch: 0, model: start()).negatives
        let second = try choose(source, set, epoch: 1, model: start()).negatives
        #expect(first != second)
        #expect(try first == choose(source, set, epoch: 0, model: start()).negatives)
        for (query, negatives) in first.enumerated() {
            #expect(Set(negatives).count == 4)
            #expect(negatives.allSatisfy { !set.known[query].contains($0) })
        }
        let all = try choose(.random(count: 500, pool: task.documents.map(\.id)), set, epoch: 0, model: start())
        let distinct = Set(set.canonical).count
        #expect(all.negatives.enumerated().allSatisfy { $0.element.count == distinct - set.known[$0.offset].count })
    }

    @Test("Fixed negatives leave out positives, rotate through the list and are filled from the pool.")
    func fixed() throws {
        let task = ToyTask(subjects: 20, seed: 2)
        let set = try task.set()
        let lists = Dictionary(uniqueKeysWithValues: set.queryIDs.map { ($0, ["d0", "d1", "d2", "d3", "d4", "d5"]) })
        var seen = [Set<Int32>](repeating: [], count: set.queryIDs.count)
        for epoch in 0..<3 {
            let choice = try choose(.fixed(lists, count: 2, pool: []), set, epoch: epoch, model: start())
            for (query, negatives) in choice.negatives.enumerated() {
                #expect(negatives.allSatisfy { !set.known[query].contains($0) })
                seen[query].formUnion(negatives)
            }
        }
        let listed = try set.indices(["d0", "d1", "d2", "d3", "d4", "d5"], query: nil, place: "test")
        for (query, found) in seen.enumerated() { #expect(found == Set(listed).subtracting(set.known[query])) }
        let filled = try choose(
            .fixed([:], count: 3, pool: task.documents.map(\.id)), set, epoch: 0, model: start())
        #expect(filled.negatives.allSatisfy { $0.count == 3 } && filled.mined == 0)
        #expect(filled.filled == 3 * set.queryIDs.count)
    }

    @Test("A curriculum equals a plain walk from the list's beginning to its end, whatever the lengths and epochs.")
    func curriculum() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let set = try ToyTask(subjects: 20, seed: 2).set()
        for _ in 0..<30 {
            let epochs = Int.random(in: 1...7, using: &generator)
            let count = Int.random(in: 1...5, using: &generator)
            var lists: [QueryID: [DocumentID]] = [:]
            for query in set.queryIDs {
                let length = Int.random(in: 0...14, using: &generator)
                lists[query] = (0..<20).map { "d\($0)" }.shuffled(using: &generator).prefix(length).map { $0 }
            }
            let note = "seed \(seed), \(epochs) epochs of \(count)"
            let source = NegativeSource.fixed(lists, count: count, pool: [], order: .curriculum)
            let plan = try NegativePlan(source, set: set, seed: 3, epochs: epochs)
            var chosen: [[[Int32]]] = []
            let model = try start()
            for epoch in 0..<epochs {
                chosen.append(
                    plan.choose(epoch: epoch, set: set, model: model, threads: 1).negatives)
            }
            for (query, id) in set.queryIDs.enumerated() {
                var easyToHard = try set.indices(lists[id] ?? [], query: id, place: "test")
                easyToHard.removeAll { set.known[query].contains($0) }
                for epoch in 0..<epochs {
                    // Where the window would be if it moved without steps, rounded down.
                    var rest = easyToHard
                    if rest.count > count {
                        let way = epochs == 1 ? 1 : Double(epoch) / Double(epochs - 1)
                        rest.removeFirst(Int(way * Double(rest.count - count) + 1e-9))
                    }
                    #expect(chosen[epoch][query] == Array(rest.prefix(count)), "\(note), query \(id), epoch \(epoch)")
                }
                if easyToHard.count > count {
                    #expect(chosen[epochs - 1][query] == Array(easyToHard.suffix(count)), "\(note)")
                }
            }
            let rotating = try NegativePlan(.fixed(lists, count: count, pool: []), set: set, seed: 3, epochs: epochs)
            #expect(plan.checksum != rotating.checksum, "\(note)")
        }
    }

    @Test("Ranked negatives equal sorting all candidates by cosine below the margin.", arguments: [0, 5])
    func reranked(_ ownDepth: Int) throws {
        let task = ToyTask(subjects: 25, seed: 8)
        let set = try task.set()
        let model = try start(7)
        var candidates: [QueryID: [DocumentID]] = [:]
        for (place, query) in set.queryIDs.enumerated() {
            candidates[query] = (0..<12).map { "d\(($0 * 7 + place) % 25)" }
        }
        let pool = task.documents.map(\.id)
        let mining = ModelMining(candidates: candidates, ownDepth: ownDepth, count: 3, relativeMargin: 0.1, pool: pool)
        let choice = try choose(.reranked(mining), set, epoch: 0, model: model)
        #expect(choice.refreshed)
        let vectors = model.documentEncoder.encode(
            set.documentIDs.map { id in task.documents.first { $0.id == id }?.text ?? "" })
        var filled = 0
        for (query, id) in set.queryIDs.enumerated() {
            let vector = model.queryEncoder.encode([task.queries.first { $0.id == id }?.text ?? ""])[0]
            let cosines = vectors.map { zip($0, vector).reduce(Float(0)) { $0 + $1.0 * $1.1 } }
            let lowest = set.positives[query].map { cosines[Int($0)] }.min() ?? 0
            let order: (Int32, Int32) -> Bool = {
                cosines[Int($0)] != cosines[Int($1)] ? cosines[Int($0)] > cosines[Int($1)] : $0 > $1
            }
            var list = Set(try set.indices(candidates[id] ?? [], query: id, place: "test"))
            let everything = Set(set.canonical).sorted(by: order)
            list.formUnion(everything.prefix(ownDepth))
            let wanted = list.filter {
                !set.known[query].contains($0) && cosines[Int($0)] <= lowest - abs(lowest) * 0.1
            }
            .sorted(by: order).prefix(3)
            #expect(Array(choice.negatives[query].prefix(wanted.count)) == Array(wanted))
            #expect(choice.negatives[query].count == 3)
            filled += 3 - wanted.count
        }
        #expect(choice.filled == filled)
    }

    @Test("A negative that is not among the documents is an error that names it.")
    func unknown() throws {
        let set = try ToyTask(subjects: 5, seed: 1).set()
        #expect(throws: TrainingError.unknownDocument(id: "nowhere", query: nil, place: "pool of random negatives")) {
            try Trainer(set, options: ToyTask.options(), negatives: .random(count: 1, pool: ["nowhere"]))
        }
    }
}
