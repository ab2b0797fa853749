/// What a line of an interactive search asks for.
enum InteractiveCommand: Equatable {
    case query(String)
    case more
    case explain(rank: Int?)
    case neighbors(rank: Int)
    case show(rank: Int)
    case hits(Int)
    case filter(String?)
    case reload
    case help
    case quit

    /// A command by its name.
    enum Name: String, CaseIterable {
        case more, explain, neighbors, show, k, filter, reload, help, quit

        /// What is typed, and what it does.
        var usage: (call: String, effect: String) {
            switch self {
            case .more: (":more", "the next hits")
            case .explain: (":explain [RANK]", "how the score of a hit, or of all hits shown, comes about")
            case .neighbors: (":neighbors RANK", "the documents nearest to a hit")
            case .show: (":show RANK", "the whole document")
            case .k: (":k N", "how many hits an answer has")
            case .filter: (":filter [EXPRESSION]", "only documents whose metadata fulfil it; all without one")
            case .reload: (":reload", "opens the index anew, with what was committed meanwhile")
            case .help: (":help", "this list")
            case .quit: (":quit", "ends, as Ctrl-D does")
            }
        }
    }

    /// Reads a line; nil for an empty one.
    ///
    /// Throws `UsageProblem` where it looks like a command and is none.
    init?(_ line: String) throws {
        let line = line.trimmedOfSpaces
        if line.isEmpty { return nil }
        guard line.hasPrefix(":"), line.dropFirst().first?.isLetter == true else {
            self = .query(line)
            return
        }
        let word = line.dropFirst().prefix { !$0.isWhitespace }
        let rest = line.dropFirst(word.count + 1).drop(while: \.isWhitespace)
        let argument = rest.isEmpty ? nil : String(rest)
        let name = try Self.name(String(word))
        switch name {
        case .explain: self = .explain(rank: try argument.map { try Self.number($0, of: name) })
        case .neighbors: self = .neighbors(rank: try Self.number(argument, of: name))
        case .show: self = .show(rank: try Self.number(argument, of: name))
        case .k: self = .hits(try Self.number(argument, of: name))
        case .filter: self = .filter(argument)
        case .more, .reload, .help, .quit:
            guard argument == nil else { throw UsageProblem(":\(name.rawValue) stands alone on its line") }
            self = [.more: .more, .reload: .reload, .help: .help][name] ?? .quit
        }
    }

    /// The command of that name, or the only one that begins so.
    private static func name(_ word: String) throws -> Name {
        let word = word.lowercased()
        if let name = Name(rawValue: word) { return name }
        let longer = Name.allCases.filter { $0.rawValue.hasPrefix(word) }
        if longer.count == 1, let only = longer.first { return only }
        let spelled = Console.printable(word)
        if let near = Suggestion.nearest(to: word, among: Name.allCases.map(\.rawValue)),
            let name = Name(rawValue: near)
        {
            throw UsageProblem("there is no command :\(spelled); did you mean \(name.usage.call)?")
        }
        throw UsageProblem("there is no command :\(spelled); :help lists them")
    }

    private static func number(_ argument: String?, of name: Name) throws -> Int {
        guard let argument, let number = Int(argument), number >= 1 else {
            let given = argument.map { "'\(Console.printable($0))' is no number above 0" } ?? "the number is missing"
            throw UsageProblem("\(given): \(name.usage.call)")
        }
        return number
    }
}
