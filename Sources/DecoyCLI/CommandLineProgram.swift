import ArgumentParser
import Decoy
import DurableStorage
import Foundation

/// The whole program: reads the arguments, runs one command, and ends the process with the documented exit code.
public enum CommandLineProgram {
    /// Runs the command that the arguments name (without the program's own name) and never returns.
    public static func run(_ arguments: [String]) -> Never {
        Interruption.install()
        do {
            let expanded = try ConfigurationArguments.expand(arguments)
            var command = try DecoyCommand.parseAsRoot(expanded)
            try command.run()
            Console.flush()
            exit(ExitStatus.success.rawValue)
        } catch StorageError.io(_, _, EPIPE) {
            // Nobody reads on: stop without complaint, as `Console` does.
            exit(ExitStatus.success.rawValue)
        } catch let error as UsageProblem {
            Console.error(error.description)
            exit(ExitStatus.usage.rawValue)
        } catch TrainingError.option(let name, let value, let expected) {
            Console.error("\(OptionSpelling.flag(name)): \(value) cannot be used; expected \(expected)")
            exit(ExitStatus.usage.rawValue)
        } catch {
            if let status = ExitStatus(of: error) {
                Console.flush()
                Console.error(String(describing: error))
                exit(status.rawValue)
            }
            DecoyCommand.exit(withError: error)
        }
    }
}

/// The root command; `decoy help COMMAND` shows each with examples.
struct DecoyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decoy",
        abstract: "Index, search, mine hard negatives, train a dual-encoder, and evaluate it.",
        discussion: """
            EXAMPLES
              decoy experiment corpora/homonyms -o out     the whole job, with a report
              decoy index notes/ -o notes.index            index a folder of text files
              decoy search notes.index "river bank flood"
              decoy mine notes.index --queries q.jsonl --qrels train.tsv -o negatives.jsonl

            A DATASET is a folder with corpus.jsonl, queries.jsonl and qrels/*.tsv (BEIR layout). Files ending in .gz or .zst
            are read as they are; - means standard input. Options may also come from a JSON file (--config FILE; flags win).

            EXIT CODES
              0 ok   1 other failure   2 bad input data   3 corrupt index or model   4 not found
              5 locked by another writer   6 I/O (disk full)   64 usage   130 interrupted
            """,
        version: DecoyVersion.current,
        subcommands: [
            IndexCommand.self, SearchCommand.self, MineCommand.self, TrainCommand.self, EncodeCommand.self,
            EvaluateCommand.self, FuseCommand.self, RerankCommand.self, TuneCommand.self, ExperimentCommand.self,
            CheckCommand.self, InspectCommand.self, AnalyzeCommand.self, ConvertCommand.self, AuditCommand.self,
            ReviewCommand.self, ServeCommand.self, ExportCommand.self, ImportCommand.self, StatsCommand.self,
            RunCommand.self, ShardsCommand.self,
        ])
}
