import Essentials

/// A command as outputs record it, so that it can be repeated: without folders of paths, and without what does not change the result.
struct RecordedCommand {
    /// Options whose value is left out with them.
    var valued: Set<String>
    /// Options without a value that are left out.
    var flags: Set<String>

    /// The words as a shell reads them.
    func text(_ arguments: some Sequence<String>) -> [String] {
        var words: [String] = []
        var skipsValue = false
        for argument in arguments {
            defer { skipsValue = valued.contains(argument) }
            let name = String(argument.prefix { $0 != "=" })
            if skipsValue || valued.contains(name) || flags.contains(argument) { continue }
            words.append(Self.quoted(Self.withoutFolder(argument)))
        }
        return words
    }

    /// The last part of a path of something that is there, also behind `--option=`; other words as they are.
    private static func withoutFolder(_ word: String) -> String {
        if word.hasPrefix("--"), let place = word.firstIndex(of: "=") {
            return word[...place] + withoutFolder(String(word[word.index(after: place)...]))
        }
        guard word.contains("/"), FileManager.default.fileExists(atPath: word) else { return word }
        return word.split(separator: "/").last.map(String.init) ?? word
    }

    /// A word as a shell reads it: in single quotes where it holds more than letters, digits and a few signs.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || "-_.,=@+:%".unicodeScalars.contains(scalar))
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
