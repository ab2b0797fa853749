import Decoy
import Foundation

/// Turns `--config FILE` into flags: each key of the JSON object is an option's name, and flags given by hand win.
///
/// `{"range-min": 10, "quiet": true, "measures": "nDCG@10"}` stands for `--range-min 10 --quiet --measures nDCG@10`. A key that no option
/// bears ends as the usual message about an unknown option.
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
        let given = Set(rest.prefix { $0 != "--" }.filter { $0.hasPrefix("-") }.map { String($0.prefix { $0 != "=" }) })
        var added: [String] = []
        for (key, value) in try load(path).sorted(by: { $0.key < $1.key }) where !given.contains(option(key)) {
            added += flags(key, value)
        }
        // After the command's name and before what is given by hand: of an option that is given twice (-m and --measures) the last counts.
        rest.insert(contentsOf: added, at: min(1, rest.count))
        return rest
    }

    /// How an option is written: `-k` for one letter, but `--b`, and `--range-min` otherwise.
    private static func option(_ key: String) -> String { key.count == 1 && key != "b" ? "-\(key)" : "--\(key)" }

    private static func load(_ path: String) throws -> [String: ConfigurationValue] {
        guard FileManager.default.fileExists(atPath: path) else { throw FileError.notFound(path: path) }
        let data = try Data(contentsOf: URL(filePath: path))
        do {
            return try JSONDecoder().decode([String: ConfigurationValue].self, from: data)
        } catch {
            throw InputErrors(
                InputError(
                    source: path, problem: "not a JSON object of option values",
                    remedy:
                        "expected {\"option-name\": value, …}; a value is text, a number, true, false or a list of these"
                ))
        }
    }

    private static func flags(_ key: String, _ value: ConfigurationValue) -> [String] {
        let name = option(key)
        return switch value {
        case .flag(let on): on ? [name] : []
        case .whole(let number): [name, String(number)]
        case .number(let number): [name, String(number)]
        case .text(let text): [name, text]
        case .list(let values): values.flatMap { flags(key, $0) }
        }
    }
}

/// One value of a configuration file.
private enum ConfigurationValue: Decodable {
    case flag(Bool)
    case whole(Int)
    case number(Double)
    case text(String)
    case list([ConfigurationValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int.self) {
            self = .whole(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else {
            self = .list(try container.decode([ConfigurationValue].self))
        }
    }
}
