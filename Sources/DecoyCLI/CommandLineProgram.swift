import ArgumentParser
import Decoy
import DurableStorage
import Essentials
import NumericKernels

/// The whole program: reads the arguments, runs one command, and ends the process with the documented exit code.
public enum CommandLineProgram {
    /// Runs the command that the arguments name (without the program's own name) and never returns.
    public static func run(_ arguments: [String]) -> Never {
        Interruption.install()
        ProductLibrary.whenMissing.withLock { $0 = { Console.error($0) } }
        var parsed = arguments
        do {
            // Asked by scripts, and often: answered before the parser looks at every command.
            if arguments == ["--version"] {
                Console.output(DecoyVersion.current)
                exit(ExitStatus.success.rawValue)
            }
            if TaskHelp.isAsked(by: arguments) {
                Console.output(TaskHelp.text)
                exit(ExitStatus.success.rawValue)
            }
            if arguments.first == "help" {
                let words = arguments.dropFirst().filter { !$0.hasPrefix("-") }
                try CallDiagnosis.requireCommand(words, root: .root())
            }
            parsed = try NegativeNumbers.joined(ConfigurationArguments.expand(arguments))
            var command = try DecoyCommand.parseAsRoot(parsed)
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
                Console.error(ErrorText.text(of: error))
                exit(status.rawValue)
            }
            if DecoyCommand.exitCode(for: error) == .validationFailure, let root = try? CommandDescription.root(),
                let problem = CallDiagnosis.problem(in: parsed, root: root)
                    ?? CallDiagnosis.missingNumber(in: parsed, message: DecoyCommand.message(for: error))
            {
                Console.error(problem)
                exit(ExitStatus.usage.rawValue)
            }
            DecoyCommand.exit(withError: error)
        }
    }
}

/// The root command; `decoy help` shows the commands by task, `decoy help COMMAND` each with examples.
struct DecoyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decoy",
        abstract: "Find hard negatives, train a dual-encoder that tells them apart, and evaluate it.",
        version: DecoyVersion.current,
        subcommands: TaskHelp.tasks.flatMap(\.commands) + [GenerateManualCommand.self])

    static var _errorPrefix: String { "decoy: " }
}
