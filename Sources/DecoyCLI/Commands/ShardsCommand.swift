import ArgumentParser
import Decoy
import DurableStorage

/// `decoy shards`: what is there of work that was cut into shards.
struct ShardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shards",
        abstract: "Say which shards are missing or damaged and must run again.",
        discussion: """
            EXAMPLES
              decoy shards status out/
            """.flowing,
        subcommands: [ShardStatus.self])
}

/// `decoy shards status`: looks at the outputs of shards in a folder.
struct ShardStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Look at indexes, vectors, statistics and runs of shards in a folder, and name what must run again.",
        discussion: """
            Exit code 0 means that nothing is missing, damaged, there twice or foreign (of other documents, options or another
            number of shards than most), 2 that something must run again or go.

            EXAMPLES
              decoy shards status out/
              decoy shards status out/ --verify --json
            """.flowing)

    @Argument(help: "A folder with the outputs of shards, or with folders of them.", completion: .directory)
    var folder: String

    @Flag(help: "Read every byte of indexes, vectors and statistics too, as decoy check does.")
    var verify = false

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let survey = try ShardSurvey(folder, verifies: verify)
        if survey.groups.isEmpty, survey.damaged.isEmpty {
            throw InputErrors(
                InputError(
                    source: folder, problem: "holds no output of a shard",
                    remedy: "name the folder that decoy index --shard I/N and the like wrote to"))
        }
        if json {
            Console.output(try JSONOutput.text(survey))
        } else {
            for line in lines(survey) { Console.output(line) }
        }
        if !survey.isComplete { throw ExitCode(ExitStatus.badInput.rawValue) }
    }

    private func lines(_ survey: ShardSurvey) -> [String] {
        var lines: [String] = []
        func add(_ label: String, _ text: String) {
            lines.append(label.padded(to: 10) + " " + text)
        }
        for group in survey.groups {
            let here = group.count - group.missing.count
            add(
                group.kind.rawValue,
                "\(here) of \(group.count) shards, inputs \(group.inputs), options \(group.options)")
            for shard in group.missing.prefix(1000) { add("  missing", "run again: --shard \(shard)/\(group.count)") }
            if group.missing.count > 1000 {
                add("  missing", "… and \(group.missing.count - 1000) more (--json has all)")
            }
            for shard in group.repeated {
                let paths = group.outputs.filter { $0.coverage.shards == [shard] }.map(\.path)
                add("  twice", "shard \(shard): \(paths.joined(separator: ", ")); remove all but one")
            }
        }
        for problem in survey.damaged { add("damaged", "\(problem.path): \(problem.reason); run it again") }
        for problem in survey.foreign {
            add("foreign", "\(problem.path): \(problem.reason); run it again, or remove it")
        }
        return lines
    }
}
