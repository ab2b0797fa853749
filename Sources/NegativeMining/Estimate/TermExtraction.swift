import RetrievalData

/// Turns a text into its terms, each as `StableHash.fnv1a64` of its UTF-8, in any order; the caller may give the analyzer of an index.
public typealias TermExtraction = @Sendable (String) -> [UInt64]

/// The terms of a text where no analyzer is at hand.
public enum PlainTerms {
    /// The hashes of the terms.
    @Sendable public static func hashes(in text: String) -> [UInt64] { terms(in: text).map { StableHash.fnv1a64($0) } }

    /// Runs of letters and digits in lower case; of scripts without spaces (Thai, Chinese, Japanese and others) each pair of neighbours.
    public static func terms(in text: String) -> [String] {
        var terms: [String] = []
        var word = ""
        var previous: Character?
        func endWord() {
            if !word.isEmpty { terms.append(word) }
            word = ""
        }
        for character in text.lowercased() {
            let isWritten = character.isLetter || character.isNumber
            if isWritten, Self.isUnspaced(character) {
                endWord()
                if let previous { terms.append(String([previous, character])) }
                previous = character
            } else {
                previous = nil
                if isWritten { word.append(character) } else { endWord() }
            }
        }
        endWord()
        return terms
    }

    /// Whether words of the character's script stand without spaces: Thai to Myanmar, Khmer, kana and ideographs.
    private static func isUnspaced(_ character: Character) -> Bool {
        switch character.unicodeScalars.first?.value ?? 0 {
        case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
