/// Makes the spellings of German umlauts equal: `häuser`, `haeuser` and `hauser` give `hauser`.
///
/// - `ß` becomes `ss`; `ä`, `ö` and `ü` become `a`, `o` and `u`.
/// - `e` is dropped after `a` and `o`, and after a `u` that does not itself stand behind a vowel or `q` (`neue`, `quelle` keep theirs).
///
/// Vowels are `a e i o u y ä ö ü`, and neighbours are those of the token as it was. Not idempotent, as its source: `säen` gives `saen`.
/// Source: Lucene's GermanNormalizationFilter, after Snowball's german2.
enum GermanFolding {
    private static let keepingUE: Set<Unicode.Scalar> = ["a", "e", "i", "o", "u", "y", "ä", "ö", "ü", "q"]

    static func apply(to term: inout [UInt8]) {
        guard term.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "e") }) else { return }
        let scalars = UTF8Scalars.decode(term)
        var result: [Unicode.Scalar] = []
        for (i, scalar) in scalars.enumerated() {
            switch scalar {
            case "ß": result += ["s", "s"]
            case "ä": result.append("a")
            case "ö": result.append("o")
            case "ü": result.append("u")
            case "e" where marksUmlaut(scalars[..<i]): break
            default: result.append(scalar)
            }
        }
        UTF8Scalars.encode(result, to: &term)
    }

    /// Whether an `e` behind these letters only says that the last of them is an umlaut.
    private static func marksUmlaut(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        switch before.last {
        case "a", "o": true
        case "u": before.dropLast().last.map { !keepingUE.contains($0) } ?? true
        default: false
        }
    }
}
