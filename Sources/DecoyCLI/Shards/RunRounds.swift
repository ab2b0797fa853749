import Decoy
import DurableStorage

/// Runs of shards to merge: those of a first search, and of some of its queries those of a second for more documents.
struct RunRounds {
    /// The runs of the first search.
    let first: [String]
    /// The runs of the second.
    let again: [String]
    /// What the first ones cover together; nil where no run has a record.
    let record: RunRecord?
    /// The documents that the second search gave a query at most.
    private let secondK: Int?

    /// A run with its record.
    private typealias Recorded = (name: String, record: RunRecord)

    /// Reads the records beside runs; throws `InputErrors` that name runs which do not belong together, are there twice or, unless `partial`,
    /// missing.
    init(_ runs: [String], partial: Bool) throws {
        let records = try runs.map { (name: $0, record: try RunRecord.read(besides: $0)) }
        let known: [Recorded] = records.compactMap { name, record in record.map { (name, $0) } }
        let isMixed = Set(known.map { $0.record.only == nil }).count == 2
        let rounds = Dictionary(grouping: known) { isMixed && $0.record.only != nil ? 1 : 0 }
        guard let first = rounds[0], let leader = first.first else {
            (self.first, again, record, secondK) = (runs, [], nil, nil)
            return
        }
        var errors = InputErrors()
        for (name, record) in records {
            guard let problem = Self.problem(record, name, leader, rounds[1]?.first) else { continue }
            let error = InputError(
                source: name, problem: problem,
                remedy: "search that shard again, like the others (decoy search --global-stats)")
            if !errors.add(error) { throw errors }
        }
        try errors.throwIfAny()
        var union = leader.record
        union.coverage = try ShardCoverage.union(first.map { ($0.name, $0.record.coverage) }, partial: partial)
        if let second = rounds[1] {
            // As if the second were shards of the first that are there again.
            let coverage = try ShardCoverage.union(second.map { ($0.name, $0.record.coverage) }, partial: true)
            guard coverage == union.coverage else {
                throw InputErrors(
                    InputError(
                        source: second[0].name,
                        problem:
                            "the runs of some queries (--only) are not of the same shards, documents and options as those of all queries",
                        remedy: "search each of these shards in the same way with --only and the same ids"))
            }
        }
        record = union
        self.first = first.map(\.name)
        again = rounds[1]?.map(\.name) ?? []
        secondK = rounds[1]?.first?.record.k
    }

    /// Why a run does not belong to the first of its round.
    private static func problem(
        _ record: RunRecord?, _ name: String, _ leader: Recorded, _ second: Recorded?
    ) -> String? {
        guard let record else { return "has no \(RunRecord.path(of: name)) beside it, as other runs have" }
        if !record.isComparable, leader.record.coverage.count > 1 {
            return "was scored by the statistics of its shard alone, and scores of shards do not compare then"
        }
        let model = second.flatMap { record.only == nil ? nil : $0 } ?? leader
        if record.queries != leader.record.queries || record.only != model.record.only || record.k != model.record.k {
            return "answers other queries, or with another -k, than \(model.name)"
        }
        return nil
    }

    /// The documents that a query gets, where so many are wanted; throws `UsageProblem` where the runs cannot say that.
    func depth(_ k: Int?) throws -> Int {
        guard let record else {
            guard let k else {
                throw UsageProblem(
                    "-k: the runs have no records of their searches beside them; say how many documents a query gets")
            }
            return k
        }
        let depth = k ?? secondK ?? record.k
        if let secondK, depth > secondK {
            throw UsageProblem("-k \(depth): some queries were searched again with -k \(secondK); give as many or less")
        }
        if depth > record.k, record.isNested != true {
            throw UsageProblem(
                "-k \(depth): the shards were searched with -k \(record.k); give as many or less (only BM25 with --global-stats can be merged for more)"
            )
        }
        return depth
    }
}
