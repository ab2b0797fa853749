import ArgumentParser
import Decoy
import Essentials

/// The part of a corpus that a task works on: by its number, or by the environment of a Slurm array.
enum ShardArgument: ExpressibleByArgument {
    case part(Shard)
    case auto

    static let help = ArgumentHelp(
        "Only the documents of one part of the corpus, from 0/16 to 15/16; auto takes the numbers from a Slurm array.",
        valueName: "I/N")

    init?(argument: String) {
        if argument == "auto" {
            self = .auto
        } else if let shard = Shard(parsing: argument) {
            self = .part(shard)
        } else {
            return nil
        }
    }

    /// The part; of an array task its number from the lowest one on.
    ///
    /// Throws `UsageProblem` where this is none.
    func resolved(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Shard {
        guard case .auto = self else {
            guard case .part(let shard) = self else { throw UsageProblem("--shard: give I/N") }
            return shard
        }
        func number(_ name: String) throws -> Int? {
            guard let text = environment[name], !text.isEmpty else { return nil }
            guard let number = Int(text) else { throw UsageProblem("--shard auto: \(name)=\(text) is no number") }
            return number
        }
        guard let task = try number("SLURM_ARRAY_TASK_ID"), let count = try number("SLURM_ARRAY_TASK_COUNT") else {
            throw UsageProblem(
                """
                --shard auto: SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT are not set, so this is no task of a Slurm array; \
                give --shard I/N, from 0/N on
                """)
        }
        let lowest = try number("SLURM_ARRAY_TASK_MIN") ?? 0
        let (index, overflow) = task.subtractingReportingOverflow(lowest)
        guard !overflow, let shard = Shard(index: index, count: count) else {
            throw UsageProblem(
                """
                --shard auto: task \(task) of \(count) tasks from \(lowest) on is no shard; submit the array without gaps, such as \
                --array=0-15
                """)
        }
        return shard
    }
}
