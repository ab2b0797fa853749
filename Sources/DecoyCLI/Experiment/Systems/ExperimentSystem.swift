/// A system that an experiment measures.
enum ExperimentSystem: Hashable, Sendable {
    /// BM25, which is always there.
    case bm25
    /// A model trained in one of the ways.
    case trained(Arm)
    /// BM25 and such a model together.
    case hybrid(Arm)
    /// A model that was trained elsewhere, by the name that the user gave it.
    case encoder(String)

    /// The name in results and reports: `bm25`, `before`, `hybrid` (with after), `hybrid-before`, or the user's.
    var name: String {
        switch self {
        case .bm25: "bm25"
        case .trained(let arm): arm.rawValue
        case .hybrid(.after): "hybrid"
        case .hybrid(let arm): "hybrid-" + arm.rawValue
        case .encoder(let name): name
        }
    }

    /// Those that a user may name.
    static let all: [ExperimentSystem] =
        [.bm25] + Arm.allCases.map(trained) + Arm.allCases.map(hybrid)

    /// Those of an experiment for which none are named.
    static let usual: [ExperimentSystem] =
        [.bm25, .trained(.untrained), .trained(.before), .trained(.control), .trained(.after), .hybrid(.after)]

    /// The systems of a list such as `before,control,after,hybrid`; `all` stands for all.
    ///
    /// BM25 comes first and is always among them; a hybrid brings its arm along.
    static func list(_ text: String) throws -> [ExperimentSystem] {
        var chosen: Set<ExperimentSystem> = [.bm25]
        for name in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            if name == "all" {
                chosen.formUnion(all)
            } else if let system = all.first(where: { $0.name == name }) {
                chosen.insert(system)
                if case .hybrid(let arm) = system { chosen.insert(.trained(arm)) }
            } else {
                let question = Suggestion.question(for: String(name), among: all.map(\.name)).map { " \($0)" } ?? ""
                throw UsageProblem(
                    "--arms: \(name) is not known;\(question) choose from \(all.map(\.name).joined(separator: ", ")), or all"
                )
            }
        }
        guard chosen.count > 1 else {
            throw UsageProblem("--arms names nothing to compare with BM25; add before, after")
        }
        return all.filter(chosen.contains)
    }

    /// Which systems are compared: what mining is worth, against the same training without and against as many random negatives, and against BM25.
    static func pairs(among systems: [ExperimentSystem]) -> [(baseline: ExperimentSystem, run: ExperimentSystem)] {
        var pairs: [(ExperimentSystem, ExperimentSystem)] = [
            (.trained(.before), .trained(.after)), (.trained(.control), .trained(.after)),
            (.trained(.before), .trained(.control)), (.trained(.before), .trained(.selfMined)),
            (.trained(.control), .trained(.selfMined)), (.trained(.selfMined), .trained(.after)),
            (.trained(.largeBatch), .trained(.after)), (.trained(.lexicalTop), .trained(.after)),
            (.trained(.denseTop), .trained(.after)),
            (.bm25, .trained(.after)), (.bm25, .hybrid(.after)), (.hybrid(.before), .hybrid(.after)),
            (.hybrid(.control), .hybrid(.after)), (.bm25, .hybrid(.before)),
        ]
        for case .encoder(let name) in systems {
            pairs += [(.bm25, .encoder(name)), (.encoder(name), .trained(.after))]
        }
        return pairs.filter { systems.contains($0.0) && systems.contains($0.1) }
    }
}
