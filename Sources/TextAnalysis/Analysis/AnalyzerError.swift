/// Why an analyzer could not be made.
public enum AnalyzerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no analyzer of that name.
    case unknownAnalyzer(name: String, known: [String])
    /// There is no stemmer of that name.
    case unknownStemmer(name: String, known: [String])
    /// There is no list of stop words of that name.
    case unknownStopWordList(name: String, known: [String])
    /// An option is out of its range.
    case invalidOption(name: String, value: String, expected: String)
    /// ICU's data could not be loaded.
    case segmentationUnavailable

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .unknownAnalyzer(let name, let known):
            "unknown analyzer \"\(name)\"; known are \(known.joined(separator: ", "))"
        case .unknownStemmer(let name, let known):
            "unknown stemmer \"\(name)\"; known are \(known.joined(separator: ", "))"
        case .unknownStopWordList(let name, let known):
            "unknown stop word list \"\(name)\"; known are \(known.joined(separator: ", "))"
        case .invalidOption(let name, let value, let expected):
            "analyzer option \(name) is \(value); expected \(expected)"
        case .segmentationUnavailable:
            "ICU's word segmentation cannot be opened; install ICU with its data (Debian: libicu72 or newer)"
        }
    }
}
