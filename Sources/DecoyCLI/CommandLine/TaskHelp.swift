import ArgumentParser

/// What `decoy help` shows: the commands by what one wants to do, a line each.
enum TaskHelp {
    /// A task with the commands for it, in the order in which they are used.
    struct Task {
        var title: String
        var commands: [any ParsableCommand.Type]
    }

    static let tasks: [Task] = [
        Task(
            title: "Index and search",
            commands: [
                IndexCommand.self, SearchCommand.self, ServeCommand.self, RerankCommand.self, FuseCommand.self,
                TuneCommand.self,
            ]),
        Task(title: "Mine hard negatives", commands: [MineCommand.self, ReviewCommand.self, AuditCommand.self]),
        Task(title: "Train a dual-encoder", commands: [TrainCommand.self, EncodeCommand.self]),
        Task(title: "Evaluate", commands: [EvaluateCommand.self, ExperimentCommand.self]),
        Task(
            title: "Look inside",
            commands: [InspectCommand.self, CheckCommand.self, AnalyzeCommand.self, DoctorCommand.self]),
        Task(title: "Work on several machines", commands: [StatsCommand.self, RunCommand.self, ShardsCommand.self]),
        Task(
            title: "Exchange with other tools",
            commands: [ConvertCommand.self, ImportCommand.self, ExportCommand.self]),
    ]

    /// Whether the arguments ask for the help of the whole program.
    static func isAsked(by arguments: [String]) -> Bool {
        switch arguments {
        case [], ["help"], ["--help"], ["-h"], ["help", "--help"], ["help", "-h"], ["--help", "help"]: true
        default: false
        }
    }

    /// What the program is for.
    static let overview = """
        Decoy finds documents that look right and are wrong, trains a dual-encoder that can tell them apart, and measures what that was worth.
        """

    /// The first calls, a line each.
    static let examples = """
          decoy experiment corpora/homonyms -o out     the whole job, with a report
          decoy index notes/ -o notes.index            index a folder of text files
          decoy search notes.index "river bank flood"
          decoy mine notes.index --queries q.jsonl --qrels train.tsv -o negatives.jsonl
        """

    static var text: String {
        let width = (tasks.flatMap(\.commands).map { $0.configuration.commandName?.count ?? 0 }.max() ?? 0) + 2
        let groups = tasks.map { task in
            task.title + "\n"
                + task.commands.map { command in
                    let name = command.configuration.commandName ?? ""
                    return "  " + name + String(repeating: " ", count: width - name.count)
                        + command.configuration.abstract
                }.joined(separator: "\n")
        }
        return """
            Decoy finds documents that look right and are wrong, trains a dual-encoder that
            can tell them apart, and measures what that was worth.

            \(groups.joined(separator: "\n\n"))

            EXAMPLES
            \(examples)

            A DATASET is a folder with corpus.jsonl, queries.jsonl and qrels/*.tsv (BEIR
            layout). Files ending in .gz or .zst are read as they are; - means standard
            input. Options may also come from a JSON file (--config FILE; flags win).

            EXIT CODES
            \(ExitStatus.meanings.map { "  \($0) \($1)" }.joined(separator: "\n"))

            'decoy help COMMAND' shows one with its options; 'decoy --version' the version;
            'decoy --generate-completion-script bash' (zsh, fish) a script for the shell.
            """
    }
}
