import ArgumentParser
import Essentials

/// A command as the argument parser describes it: its words, arguments, options and subcommands.
///
/// What looks at all commands alike is built on this: diagnosis of a faulty call, configuration files, manual pages.
struct CommandDescription: Decodable, Sendable {
    private enum CodingKeys: String, CodingKey {
        case name = "commandName"
        case abstract, discussion, shouldDisplay, defaultSubcommand, subcommands, arguments
    }

    private struct Tool: Decodable { var command: CommandDescription }

    var name: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var defaultSubcommand: String?
    private var subcommands: [CommandDescription]?
    private var arguments: [ArgumentDescription]?

    /// The commands below this one that help shows, without `help` itself.
    var commands: [CommandDescription] { (subcommands ?? []).filter { $0.shouldDisplay != false && $0.name != "help" } }

    /// What has a place and no name, in order.
    var positionals: [ArgumentDescription] { (arguments ?? []).filter { $0.kind == .positional } }

    /// Options and flags, in the order of the help.
    var options: [ArgumentDescription] { (arguments ?? []).filter { $0.kind != .positional } }

    /// The option with a name as it is typed (`--queries`, `-k`); nil where there is none.
    func option(_ spelling: String) -> ArgumentDescription? { options.first { $0.spellings.contains(spelling) } }

    /// The whole tree of `decoy`.
    ///
    /// Made of the parser's own description, it takes a few tens of milliseconds.
    static func root() throws -> CommandDescription {
        try JSONDecoder().decode(Tool.self, from: Data(DecoyCommand._dumpHelp().utf8)).command
    }

    /// The command that the first arguments name, below this one, and how many arguments that took.
    func command(namedBy arguments: [String]) -> (path: [CommandDescription], count: Int) {
        var path = [self]
        var count = 0
        while count < arguments.count, let command = path.last,
            let next = command.subcommands?.first(where: { $0.name == arguments[count] })
        {
            path.append(next)
            count += 1
        }
        if let name = path.last?.defaultSubcommand, let next = path.last?.subcommands?.first(where: { $0.name == name })
        {
            path.append(next)
        }
        return (path, count)
    }
}

/// An argument, option or flag of a command.
struct ArgumentDescription: Decodable, Sendable {
    enum Kind: String, Decodable {
        case positional, option, flag
    }

    struct Name: Decodable {
        var kind: String
        var name: String

        var spelling: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: Kind
    var abstract: String?
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var valueName: String?
    var defaultValue: String?
    var allValues: [String]?
    private var parsingStrategy: String?
    private var names: [Name]?
    private var preferredName: Name?

    /// Every name as it is typed, short ones first.
    var spellings: [String] { (names ?? []).map(\.spelling).sorted { $0.count < $1.count } }

    /// Whether the option takes every argument up to the next option.
    var takesSeveral: Bool { parsingStrategy == "upToNextOption" }

    /// Whether what stands behind the option is its value even where it looks like another option.
    var takesAnything: Bool { parsingStrategy == "unconditional" }

    /// The long name, or the only one.
    var spelling: String { preferredName?.spelling ?? spellings.last ?? "<\(valueName ?? "")>" }
}
