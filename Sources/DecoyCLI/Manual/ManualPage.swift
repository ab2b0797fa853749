/// A page of the manual in the man macros of troff, written from what the help of a command says.
struct ManualPage {
    /// `decoy-search`.
    let name: String
    private var lines: [String] = []

    /// The page of a command; `path` leads to it from `decoy`.
    init(_ path: [CommandDescription]) {
        name = path.map(\.name).joined(separator: "-")
        guard let command = path.last else { return }
        let call = path.map(\.name).joined(separator: " ")
        begin(abstract: command.abstract ?? "")
        synopsis(of: command, call)
        if path.count == 1 { tasks() } else { sections(of: command.discussion ?? "") }
        if path.count > 1, !command.commands.isEmpty { listed(command.commands, title: "COMMANDS", under: name) }
        options(of: command)
        if path.count == 1 { common() }
        let others = path.count == 1 ? command.commands : []
        heading("SEE ALSO")
        let pages = path.dropLast().indices.map { path[...$0].map(\.name).joined(separator: "-") }
        let below =
            others.map { name + "-" + $0.name } + (path.count > 1 ? command.commands.map { name + "-" + $0.name } : [])
        let all = pages + below
        if all.isEmpty { lines.append(".BR decoy (1)") }
        for (place, page) in all.enumerated() {
            lines.append(".BR \(RoffText.escaped(page)) (1)" + (place + 1 < all.count ? "," : ""))
        }
    }

    /// The whole page.
    var text: String { lines.joined(separator: "\n") + "\n" }

    private mutating func begin(abstract: String) {
        let title = RoffText.escaped(name.uppercased())
        lines.append(".TH \(title) 1 \"\(DecoyVersion.date)\" \"decoy \(DecoyVersion.current)\" \"Decoy manual\"")
        lines += [
            ".SH NAME",
            "\(RoffText.escaped(name)) \\- \(RoffText.escaped(abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract))",
        ]
    }

    private mutating func heading(_ title: String) { lines.append(".SH \(RoffText.escaped(title))") }

    private mutating func synopsis(of command: CommandDescription, _ call: String) {
        heading("SYNOPSIS")
        var parts = ["\\fB\(RoffText.escaped(call))\\fR"]
        if command.commands.isEmpty {
            parts.append("[\\fIoptions\\fR]")
            let required = command.options.filter { !$0.isOptional && $0.kind == .option }
            parts += required.map { "\\fB\(RoffText.escaped($0.spelling))\\fR \\fI\(RoffText.escaped($0.value))\\fR" }
            parts += command.positionals.map { argument in
                let value = "\\fI\(RoffText.escaped(argument.value))\\fR" + (argument.isRepeating ? " ..." : "")
                return argument.isOptional ? "[\(value)]" : value
            }
        } else {
            parts.append("\\fIcommand\\fR [\\fIoptions\\fR]")
        }
        lines.append(parts.joined(separator: " "))
    }

    /// The discussion: paragraphs, headings in capitals, and indented or columned lines as they are.
    private mutating func sections(of discussion: String) {
        var isVerbatim = false
        var needsParagraph = false
        var hasHeading = false
        func isPlain(_ line: Substring) -> Bool { !HelpText.isVerbatim(line.utf8) }
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
            if isVerbatim, line.isEmpty || isPlain(line) {
                lines.append(".fi")
                isVerbatim = false
                needsParagraph = true
            }
            if line.isEmpty {
                needsParagraph = true
            } else if HelpText.isHeading(line.utf8) {
                heading(String(line))
                (hasHeading, needsParagraph) = (true, false)
            } else {
                if !hasHeading { heading("DESCRIPTION") } else if needsParagraph { lines.append(".PP") }
                (hasHeading, needsParagraph) = (true, false)
                if isPlain(line) {
                    lines += RoffText.sentences(line)
                } else {
                    if !isVerbatim { lines.append(".nf") }
                    isVerbatim = true
                    lines.append(RoffText.escaped(line.hasPrefix("  ") ? line.dropFirst(2) : line))
                }
            }
        }
        if isVerbatim { lines.append(".fi") }
    }

    private mutating func options(of command: CommandDescription) {
        let arguments = command.positionals.filter(\.shouldDisplay)
        if !arguments.isEmpty { heading("ARGUMENTS") }
        for argument in arguments { entry("\\fI\(RoffText.escaped(argument.value))\\fR", argument) }
        let options = command.options.filter(\.shouldDisplay)
        if !options.isEmpty { heading("OPTIONS") }
        for option in options {
            let names = option.spellings.map { "\\fB\(RoffText.escaped($0))\\fR" }.joined(separator: ", ")
            entry(option.kind == .option ? names + " \\fI\(RoffText.escaped(option.value))\\fR" : names, option)
        }
    }

    private mutating func entry(_ title: String, _ argument: ArgumentDescription) {
        lines += [".TP", title]
        var text = argument.abstract ?? ""
        if let values = argument.allValues, !values.isEmpty, !values.allSatisfy(text.contains) {
            text += " One of \(values.joined(separator: ", "))."
        }
        if let value = argument.defaultValue, !text.contains("default: ") { text += " (default: \(value))" }
        lines += text.isEmpty ? ["\\&"] : RoffText.sentences(text)
    }

    private mutating func listed(_ commands: [CommandDescription], title: String, under name: String) {
        heading(title)
        for command in commands {
            lines += [".TP", "\\fB\(RoffText.escaped(name + "-" + command.name))\\fR(1)"]
            lines += RoffText.sentences(command.abstract ?? "")
        }
    }

    /// The commands by task, on the page of the whole program.
    private mutating func tasks() {
        heading("DESCRIPTION")
        lines += RoffText.sentences(TaskHelp.overview)
        for task in TaskHelp.tasks {
            lines.append(".SS \(RoffText.escaped(task.title))")
            for command in task.commands {
                lines += [
                    ".TP", "\\fB\(RoffText.escaped("decoy-" + (command.configuration.commandName ?? "")))\\fR(1)",
                ]
                lines += RoffText.sentences(command.configuration.abstract)
            }
        }
    }

    /// What holds for all commands.
    private mutating func common() {
        heading("CONFIGURATION")
        lines += RoffText.sentences(
            "With --config FILE every command takes options from a JSON object; its keys are names of options without dashes. Options given by hand win."
        )
        heading("ENVIRONMENT")
        for (name, text) in [
            ("NO_COLOR", "Nothing is coloured or bold."), ("TMPDIR", "The folder for temporary files."),
            ("DECOY_TOKEN", "The token that decoy serve asks for."),
            ("DECOY_HISTORY", "Set to off, lines typed in a search are not remembered."),
        ] { lines += [".TP", "\\fB\(name)\\fR"] + RoffText.sentences(text) }
        heading("EXIT STATUS")
        for (code, text) in ExitStatus.meanings { lines += [".TP", "\\fB\(code)\\fR"] + RoffText.sentences(text) }
        heading("EXAMPLES")
        lines +=
            [".nf"] + TaskHelp.examples.split(separator: "\n").map { RoffText.escaped($0.dropFirst(2)) } + [".fi"]
    }
}

extension ArgumentDescription {
    /// What stands for the value.
    fileprivate var value: String { valueName ?? "value" }
}
