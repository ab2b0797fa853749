import CICU

/// Everything that happens to one token: normalization, possessive, stop words, stemming.
///
/// The slow way, once per distinct token; ``ByteKeyedCache`` remembers the outcome.
final class TermFilter {
    private let options: AnalyzerOptions
    private let stopWords: Set<[UInt8]>
    private let longestStopWord: Int
    private let stemmer: Stemmer
    private var scratch = [UInt8](repeating: 0, count: Int(CICU_MAXIMUM_INPUT) * 56)

    /// What became of a token.
    enum Outcome {
        /// Nothing was left: not a token at all.
        case empty
        /// A stop word: removed, but it counts as a position.
        case removed
        /// The bytes now in the buffer are the term.
        case term
    }

    init(_ options: AnalyzerOptions, stopWords: Set<[UInt8]>) throws {
        self.options = options
        self.stopWords = stopWords
        longestStopWord = stopWords.reduce(0) { max($0, $1.count) }
        stemmer = try Stemmer(named: options.stemmer)
    }

    /// Turns the token's bytes into its term, in place.
    func apply(_ term: inout [UInt8]) -> Outcome {
        normalize(&term)
        if options.possessive { removePossessive(&term) }
        if term.isEmpty { return .empty }
        if term.count <= longestStopWord, stopWords.contains(term) { return .removed }
        stemmer.stem(&term)
        cut(&term)
        return term.isEmpty ? .empty : .term
    }

    private func normalize(_ term: inout [UInt8]) {
        let isASCII = term.allSatisfy { $0 < 0x80 }
        switch options.normalization {
        case .nfkcCasefold where isASCII:
            for i in term.indices where term[i] >= UInt8(ascii: "A") && term[i] <= UInt8(ascii: "Z") { term[i] |= 0x20 }
        case .none where isASCII: break
        case .nfkcCasefold: replace(&term, cicu_nfkc_casefold)
        case .none: replace(&term, cicu_repair)
        }
    }

    private func replace(
        _ term: inout [UInt8], _ function: (UnsafePointer<UInt8>?, Int32, UnsafeMutablePointer<UInt8>?, Int32) -> Int32
    ) {
        let length = Int32(term.count)
        let capacity = Int32(scratch.count)
        let written = scratch.withUnsafeMutableBufferPointer { function(term, length, $0.baseAddress, capacity) }
        term.replaceSubrange(term.indices, with: scratch.prefix(max(0, Int(written))))
    }

    /// `'s`, `’s` and the same with S; U+FF07 has become `'` by normalization.
    private func removePossessive(_ term: inout [UInt8]) {
        guard let last = term.last, last | 0x20 == UInt8(ascii: "s") else { return }
        if term.dropLast().last == UInt8(ascii: "'") {
            term.removeLast(2)
        } else if term.count >= 4, term.dropLast().suffix(3).elementsEqual([0xE2, 0x80, 0x99]) {
            term.removeLast(4)
        }
    }

    /// Normalization may lengthen a token; a term never has more than 255 bytes.
    private func cut(_ term: inout [UInt8]) {
        guard term.count > 255 else { return }
        var end = 255
        while end > 0, term[end] & 0xC0 == 0x80 { end -= 1 }
        term.removeLast(term.count - end)
    }
}
