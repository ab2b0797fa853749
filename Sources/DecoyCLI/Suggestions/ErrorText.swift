import Decoy
import DurableStorage
import Essentials

/// What is said of an error: the library's own words, and where a name is wrong, the nearest that there is.
enum ErrorText {
    static func text(of error: any Error) -> String {
        let plain = String(describing: error)
        return switch error {
        case FileError.notFound(let path), StorageError.notFound(let path):
            insert(Suggestion.path(near: path), in: plain, before: "check the path", replacing: true)
        case FileError.noSplit(let name, _, let known):
            insert(Suggestion.nearest(to: name, among: known), in: plain, before: "the dataset has")
        case AnalyzerError.unknownAnalyzer(let name, let known), AnalyzerError.unknownStemmer(let name, let known),
            AnalyzerError.unknownStopWordList(let name, let known):
            insert(Suggestion.nearest(to: name, among: known), in: plain, before: "known are")
        case let error as MeasureError:
            insert(measure(near: error.text), in: plain, before: "known measures")
        default: plain
        }
    }

    /// A message with `did you mean 'X'?` before its remedy, or in its place.
    private static func insert(
        _ suggestion: String?, in text: String, before remedy: String, replacing: Bool = false
    ) -> String {
        guard let suggestion else { return text }
        let question = "did you mean '\(suggestion)'?"
        return text.replacing(remedy, with: replacing ? question : question + " " + remedy, maxReplacements: 1)
    }

    /// The measure whose name is nearest, with the same parameters and cut-off; nil where the name is right or none is near.
    private static func measure(near text: String) -> String? {
        let name = String(text.prefix { $0 != "@" && $0 != "(" })
        let known = Measure.known.map { String($0.form.prefix { $0 != "@" && $0 != "[" }) }
        if let same = known.first(where: { $0.lowercased() == name.lowercased() && $0 != name }) {
            return same + text.dropFirst(name.count)
        }
        return Suggestion.nearest(to: name, among: known).map { $0 + text.dropFirst(name.count) }
    }
}
