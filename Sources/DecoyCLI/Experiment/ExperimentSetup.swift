import Decoy
import DurableStorage

/// What an experiment is asked to do, checked before any work is done.
struct ExperimentSetup {
    let source: BEIRDataset
    let systems: [ExperimentSystem]
    let encoders: [String: DualEncoder]
    let ablations: [Ablation]
    var options = ExperimentOptions()

    init(_ command: ExperimentCommand) throws {
        let wanted = try Measure.list(command.measures)
        if wanted.isEmpty { throw UsageProblem("--measures is empty; name at least one, such as nDCG@10") }
        source = try BEIRDataset(path: command.dataset ?? command.configuredDataset ?? "")
        ablations = try command.ablate.map { try Ablation($0) }
        encoders = try Self.encoders(command.encoders)
        systems =
            try (command.arms.map { try ExperimentSystem.list($0) } ?? ExperimentSystem.usual)
            + encoders.keys.sorted().map(ExperimentSystem.encoder)
        if let tuned = command.tuned { options.bm25 = try TunedParameters.choice(path: tuned).similarity }
        (options.split, options.trainSplit, options.devSplit) = (command.split, command.trainSplit, command.devSplit)
        options.seeds = command.seeds
        options.systems = systems.map(\.name)
        options.measures = wanted.map(\.description).joined(separator: " ")
        options.depth = max(100, wanted.compactMap(\.cutoff).max() ?? 1000)
        options.pool = command.pool ?? .corpus
        options.pools = command.pool == nil ? [.trainPositives, .corpus] : []
        options.candidateDepth = command.candidateDepth ?? options.candidateDepth
    }

    /// Reads `name=folder` pairs.
    private static func encoders(_ texts: [String]) throws -> [String: DualEncoder] {
        var encoders: [String: DualEncoder] = [:]
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else {
                throw UsageProblem("--encoders \(text): expected name=folder")
            }
            let isTaken = ExperimentSystem.all.contains { $0.name == sides[0] } || encoders[sides[0]] != nil
            if isTaken {
                throw UsageProblem("--encoders \(text): there is a system \(sides[0]) already; choose another name")
            }
            encoders[sides[0]] = try Checkpoint.read(sides[1]).model
        }
        return encoders
    }
}
