import Decoy
import Essentials

/// Turns `--config FILE` into flags: each key of the JSON object is an option's name, and options given by hand win.
///
/// `{"range-min": 10, "quiet": true, "measures": "nDCG@10"}` stands for `--range-min=10 --quiet --measures=nDCG@10`. Every command takes such a
/// file. A key that no option of the command bears, or a value of another kind than the option takes, ends as a usage error that names the file.
enum ConfigurationArguments {
    static func expand(_ arguments: [String]) throws -> [String] {
        // What stands after a lone -- is no option.
        let options = arguments.prefix { $0 != "--" }
        guard let place = options.firstIndex(where: { $0 == "--config" || $0.hasPrefix("--config=") }) else {
            return arguments
        }
        var rest = arguments
        let path: String
        if arguments[place] == "--config" {
            guard place + 1 < options.count else { throw UsageProblem("--config needs a file name") }
            path = arguments[place + 1]
            rest.removeSubrange(place...(place + 1))
        } else {
            path = String(arguments[place].dropFirst("--config=".count))
            rest.remove(at: place)
        }
        guard !names(in: rest).contains("--config") else { throw UsageProblem("--config: give one file") }
        let (commands, count) = try CommandDescription.root().command(namedBy: rest)
        // A command that is mistyped is the parser's to refuse.
        guard let command = commands.last, command.commands.isEmpty else { return rest }
        let given = names(in: rest.dropFirst(count))
        var added: [String] = []
        for (key, value) in try load(path).sorted(by: { $0.key < $1.key }) {
            let option = try option(key, of: command, in: path)
            if option.spellings.contains(where: given.contains) { continue }
            added += try spelled(option, value, key: key, in: path)
        }
        // Behind what is given by hand: an option with several values would take the arguments after it for more of them.
        rest.insert(contentsOf: added, at: rest.prefix { $0 != "--" }.count)
        return rest
    }

    /// The options that were given by hand, as they were typed: `-k` of `-k5` and `-k=5` too.
    private static func names(in arguments: some Sequence<String>) -> Set<String> {
        var names: Set<String> = []
        for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("-") {
            names.insert(String(argument.prefix { $0 != "=" }))
            if !argument.hasPrefix("--") { names.insert(String(argument.prefix(2))) }
        }
        return names
    }

    private static func option(
        _ key: String, of command: CommandDescription, in path: String
    ) throws -> ArgumentDescription {
        if key != "config", key != "help", let option = command.option("--" + key) ?? command.option("-" + key) {
            return option
        }
        let known = command.options.flatMap(\.spellings).map { String($0.drop { $0 == "-" }) }
        let question = Suggestion.question(for: key, among: known.filter { $0 != "config" && $0 != "help" })
        throw UsageProblem(
            "\(path): \(command.name) has no option '\(key)'; \(question ?? "keys are names of its options without dashes")"
        )
    }

    private static func load(_ path: String) throws -> [String: JSONTree] {
        guard FileManager.default.fileExists(atPath: path) else { throw FileError.notFound(path: path) }
        let data = try Data(contentsOf: URL(filePath: path))
        guard let values = try? JSONDecoder().decode([String: JSONTree].self, from: data) else {
            throw InputErrors(
                InputError(
                    source: path, problem: "not a JSON object of option values",
                    remedy:
                        "expected {\"option-name\": value, …}; a value is text, a number, true, false or a list of these"
                ))
        }
        return values
    }

    private static func spelled(
        _ option: ArgumentDescription, _ value: JSONTree, key: String, in path: String
    ) throws -> [String] {
        if option.kind == .flag {
            guard case .boolean(let on) = value else {
                throw UsageProblem("\(path): '\(key)' is switched on or off; expected true or false")
            }
            return on ? [option.spelling] : []
        }
        switch value {
        case .boolean, .null, .object:
            throw UsageProblem("\(path): '\(key)' takes a value; expected text or a number")
        case .integer, .unsigned, .number, .string: return [option.spelling + "=" + value.description]
        case .array(let values):
            guard option.isRepeating else {
                throw UsageProblem("\(path): '\(key)' takes one value; expected text or a number in place of the list")
            }
            return try values.flatMap { try spelled(option, $0, key: key, in: path) }
        }
    }
}
