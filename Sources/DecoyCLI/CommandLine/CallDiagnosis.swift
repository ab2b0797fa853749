/// What is wrong in a call that the argument parser refused, and what was probably meant.
///
/// Looks for the first word that no command, option or value is called; nil where there is none, and the parser's own words say the rest.
enum CallDiagnosis {
    static func problem(in arguments: [String], root: CommandDescription) -> String? {
        let (path, count) = root.command(namedBy: arguments)
        guard let command = path.last else { return nil }
        let named = path.prefix(count + 1).map(\.name).joined(separator: " ")
        if !command.commands.isEmpty { return missingCommand(command, named, arguments.dropFirst(count).first) }
        return wrongArgument(command, named, Array(arguments.dropFirst(count)))
    }

    /// What is wrong in a call with a value that the parser could not read, where a number would have been read; nil where none would.
    ///
    /// The parser's description does not say what an option takes, so a number is tried in the value's place.
    static func missingNumber(in arguments: [String], message: String) -> String? {
        // Values that are read by rules of their own end with a message of their own.
        guard let match = message.wholeMatch(of: /The value '(.*)' is invalid for '(--?[^ ']+)[^']*'/) else {
            return nil
        }
        let (value, name) = (String(match.1), String(match.2))
        func isRead(_ number: String) -> Bool {
            var tried = arguments
            if let place = tried.indices.dropFirst().first(where: { tried[$0] == value && tried[$0 - 1] == name }) {
                tried[place] = number
            } else if let place = tried.firstIndex(of: name + "=" + value) {
                tried[place] = name + "=" + number
            } else {
                return false
            }
            do {
                _ = try DecoyCommand.parseAsRoot(tried)
                return true
            } catch {
                return !DecoyCommand.message(for: error).hasPrefix("The value '\(number)' is invalid for '\(name)")
            }
        }
        guard isRead("1") else { return nil }
        if isRead("1MB") { return "\(name): '\(value)' is no size; give one, such as 64MB or 2GB" }
        return "\(name): '\(value)' is no \(isRead("1.5") ? "" : "whole ")number; give one, such as 1"
    }

    /// The subject of `decoy help WORDS`; throws where there is no such command.
    static func requireCommand(_ words: [String], root: CommandDescription) throws {
        let (path, count) = root.command(namedBy: words)
        guard count < words.count, let command = path.last else { return }
        let named = path.prefix(count + 1).map(\.name).joined(separator: " ")
        if let problem = missingCommand(command, named, words[count]) { throw UsageProblem(problem) }
        throw UsageProblem("\(named) has no subcommands; see '\(named) --help'")
    }

    private static func missingCommand(_ command: CommandDescription, _ named: String, _ word: String?) -> String? {
        guard let word else { return nil }
        if word.hasPrefix("-") {
            let known = command.options.flatMap(\.spellings)
            return known.contains(word) ? nil : unknownOption(word, of: command, named)
        }
        let question =
            Suggestion.question(for: word, among: command.commands.map(\.name) + ["help"]).map { " \($0)" } ?? ""
        return "unknown command '\(word)';\(question) '\(named) --help' lists all"
    }

    private static func unknownOption(_ name: String, of command: CommandDescription, _ named: String) -> String {
        let known = command.options.filter(\.shouldDisplay).flatMap(\.spellings).filter { $0.hasPrefix("--") }
        let question =
            OtherPrograms.option(for: name, of: command).map { " did you mean '\($0)'?" }
            ?? Suggestion.question(for: name, among: known).map { " \($0)" } ?? ""
        return "unknown option '\(name)';\(question) '\(named) --help' lists all"
    }

    private static func wrongArgument(_ command: CommandDescription, _ named: String, _ words: [String]) -> String? {
        var positionals: [String] = []
        var place = 0
        while place < words.count {
            let word = words[place]
            place += 1
            if word == "--" {
                positionals += words[place...]
                break
            }
            guard word.hasPrefix("-"), word.count > 1 else {
                positionals.append(word)
                continue
            }
            let name = String(word.prefix { $0 != "=" })
            guard let option = command.option(name) else {
                // Short names of flags may stand together (-qf); no value stands right behind one.
                if !word.hasPrefix("--"), let option = command.option(String(word.prefix(2))) {
                    guard option.kind == .option else { continue }
                    let apart = "\(word.prefix(2)) \(word.dropFirst(2))"
                    return "unknown option '\(name)'; leave a space before the value: \(apart)"
                }
                return unknownOption(name, of: command, named)
            }
            guard option.kind == .option else { continue }
            var value: String? = name == word ? nil : String(word.dropFirst(name.count + 1))
            if value == nil, place < words.count {
                // The value is missing, which the parser says.
                if words[place].hasPrefix("-"), words[place].count > 1, !option.takesAnything { return nil }
                value = words[place]
                place += 1
            }
            while option.takesSeveral, place < words.count, !words[place].hasPrefix("-") { place += 1 }
            guard let value, let known = option.allValues, !known.isEmpty, !known.contains(value) else { continue }
            let question = Suggestion.question(for: value, among: known).map { " \($0)" } ?? ""
            return "\(name): '\(value)' is not known;\(question) choose from \(known.joined(separator: ", "))"
        }
        return extraArgument(command, named, positionals)
    }

    private static func extraArgument(
        _ command: CommandDescription, _ named: String, _ positionals: [String]
    ) -> String? {
        let wanted = command.positionals
        guard positionals.count > wanted.count, !wanted.contains(where: \.isRepeating) else { return nil }
        let takes = wanted.map { "<\($0.valueName ?? "argument")>" }.joined(separator: " ")
        let hint = wanted.last?.valueName == "text" ? "put a text of several words in quotes" : "leave it out"
        return "unexpected argument '\(positionals[wanted.count])': \(named) takes \(takes); \(hint)"
    }
}
