/// Makes spellings in Japanese kana equal: three steps, each on its own.
enum KanaFolding {
    /// Writes katakana as hiragana, `カー` as `かー`: the prolonged sound mark stays.
    ///
    /// U+30A1 to U+30F6 and the iteration marks `ヽヾ` have a hiragana; `ヷヸヹヺ` and the small letters from U+31F0 have none and stay.
    /// Source: the order of the two blocks in Unicode. Half-width katakana are full-width after NFKC.
    static func toHiragana(_ term: inout [UInt8]) {
        guard !UTF8Scalars.isASCII(term) else { return }
        UTF8Scalars.map(&term) { scalar in
            switch scalar.value {
            case 0x30A1...0x30F6, 0x30FD, 0x30FE: Unicode.Scalar(scalar.value - 0x60)
            default: scalar
            }
        }
    }

    /// Removes one final `ー` of a katakana word of at least four characters: `サーバー` gives `サーバ`, `コピー` stays.
    ///
    /// Katakana is the block U+30A0 to U+30FF. Not idempotent where a word ends in several.
    /// Source: Lucene's JapaneseKatakanaStemFilter.
    static func removeFinalProlongedSound(_ term: inout [UInt8]) {
        let mark: [UInt8] = [0xE3, 0x83, 0xBC]
        guard term.count >= 12, term.suffix(3).elementsEqual(mark) else { return }
        guard UTF8Scalars.decode(term).allSatisfy({ (0x30A0...0x30FF).contains($0.value) }) else { return }
        term.removeLast(3)
    }

    /// Replaces iteration marks by what they repeat: `時々` gives `時時`, `いすゞ` gives `いすず`, `馬鹿々々しい` gives `馬鹿馬鹿しい`.
    ///
    /// A run of n marks repeats the n characters before it, or those there are, in a circle (`時々々` gives `時時時`). `々` repeats a Han
    /// character, `ゝゞ` hiragana, `ヽヾ` katakana; `ゝヽ` write it without and `ゞヾ` with a voiced sound mark where there is one. A run
    /// with a mark that has nothing of its kind to repeat stays as it is.
    /// Source: Lucene's JapaneseIterationMarkCharFilter, which does not look at the kind.
    static func expandIterationMarks(_ term: inout [UInt8]) {
        guard term.contains(0xE3) else { return }
        let scalars = UTF8Scalars.decode(term)
        guard scalars.contains(where: isIterationMark) else { return }
        var result: [Unicode.Scalar] = []
        var i = 0
        while i < scalars.count {
            let run = scalars[i...].prefix(while: isIterationMark)
            if run.isEmpty {
                result.append(scalars[i])
                i += 1
            } else {
                result += expansion(of: run, after: result) ?? Array(run)
                i += run.count
            }
        }
        UTF8Scalars.encode(result, to: &term)
    }

    private static func expansion(
        of run: ArraySlice<Unicode.Scalar>, after text: [Unicode.Scalar]
    ) -> [Unicode.Scalar]? {
        let span = min(run.count, text.count)
        guard span > 0 else { return nil }
        var repeated = Array(text.suffix(span))
        for mark in run {
            guard let next = expand(mark, repeating: repeated[repeated.count - span]) else { return nil }
            repeated.append(next)
        }
        return Array(repeated.dropFirst(span))
    }

    private static func isIterationMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "々", "ゝ", "ゞ", "ヽ", "ヾ": true
        default: false
        }
    }

    private static func expand(_ mark: Unicode.Scalar, repeating source: Unicode.Scalar) -> Unicode.Scalar? {
        let value = source.value
        switch mark {
        case "々": return isHan(value) ? source : nil
        case "ゝ", "ゞ":
            guard (0x3041...0x3096).contains(value) else { return nil }
            return Unicode.Scalar(voiced(value, mark == "ゞ"))
        default:
            guard (0x30A1...0x30F6).contains(value) else { return nil }
            return Unicode.Scalar(voiced(value - 0x60, mark == "ヾ") + 0x60)
        }
    }

    private static func isHan(_ value: UInt32) -> Bool {
        switch value {
        case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x2_0000...0x3_FFFF: true
        default: false
        }
    }

    /// A hiragana letter with the voiced sound mark or without it; a letter that cannot have one as it is.
    private static func voiced(_ letter: UInt32, _ wanted: Bool) -> UInt32 {
        let isVoiced: Bool
        switch letter {
        // か to ぢ: plain, voiced, plain, voiced, …
        case 0x304B...0x3062: isVoiced = letter % 2 == 0
        // つ to ど, after the small っ: the same by even and odd.
        case 0x3064...0x3069: isVoiced = letter % 2 == 1
        // は to ぼ: plain, voiced, with p.
        case 0x306F...0x307D where letter % 3 != 2: isVoiced = letter % 3 == 1
        default: return letter
        }
        return isVoiced == wanted ? letter : wanted ? letter + 1 : letter - 1
    }
}
