import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// What `--analyzer` takes: a profile's name, a file that describes an analyzer, or `auto`.
enum AnalyzerArgument: ExpressibleByArgument, Equatable {
    case auto
    case profile(String)
    case file(String)

    static let help = ArgumentHelp(
        """
        How text becomes terms: auto (by the language of the documents), a file such as mine.json, or one of \
        \(AnalyzerOptions.knownNames.joined(separator: ", ")). (default: english)
        """, valueName: "name")

    static var defaultCompletionKind: CompletionKind { .list(["auto"] + AnalyzerOptions.knownNames) }

    init?(argument: String) {
        switch argument {
        case "auto": self = .auto
        case _ where argument.hasSuffix(".json") || argument.contains("/"): self = .file(argument)
        default: self = .profile(argument)
        }
    }

    /// The options, and what to tell the user where they were chosen by the documents of a sample.
    func options(sample: some Sequence<Document>) throws -> (options: AnalyzerOptions, note: String?) {
        switch self {
        case .profile(let name): (try AnalyzerOptions(named: name), nil)
        case .file(let path): (try AnalyzerFile.read(path), nil)
        case .auto: try AnalyzerSample.choose(sample)
        }
    }
}

/// A custom analyzer in a JSON file.
enum AnalyzerFile {
    /// Reads the file; throws `InputError` that says where it is wrong.
    static func read(_ path: String) throws -> AnalyzerOptions {
        let data = try MappedFile(path: path).withUnsafeBytes { Data($0) }
        func problem(_ text: String) -> InputError {
            InputError(
                source: path, problem: text,
                remedy:
                    "expected {\"name\": …, \"extends\": \"english\", \"filters\": [\"nfkcCasefold\", {\"stem\": \"porter2\"}, …]}"
            )
        }
        let options: AnalyzerOptions
        do {
            options = try JSONDecoder().decode(AnalyzerOptions.self, from: data)
        } catch let error as DecodingError {
            throw problem(Self.describe(error))
        }
        do {
            _ = try Analyzer(options)
        } catch let error as AnalyzerError {
            throw problem(error.description)
        }
        return options
    }

    private static func describe(_ error: DecodingError) -> String {
        func at(_ context: DecodingError.Context, _ text: String) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
            return path.isEmpty ? text : "\(path.drop { $0 == "." }): \(text)"
        }
        switch error {
        case .dataCorrupted(let context):
            // What is wrong in the text itself, and where, only the underlying error says.
            let cause = context.underlyingError.map { "no JSON: \($0)" }
            return at(context, cause ?? context.debugDescription)
        case .keyNotFound(let key, let context): return at(context, "\(key.stringValue) is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context): return at(context, context.debugDescription)
        @unknown default: return String(describing: error)
        }
    }
}
