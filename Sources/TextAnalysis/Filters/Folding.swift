/// Rules that replace characters of one token, so that spellings of one word become one term.
///
/// Each takes no options; its name is the name in an analyzer's JSON. All but `turkishCase` expect a token after `nfkcCasefold`.
public enum Folding: String, Sendable, Hashable, Codable, CaseIterable {
    /// Unicode's NFKC_Casefold (UAX #44): compatibility forms, case and invisible characters no longer differ.
    case nfkcCasefold
    /// Turkish lower case of i: `I` becomes `ı`, `İ` becomes `i`; circumflexes off; stands before `nfkcCasefold`.
    case turkishCase
    /// Decimal digits of every script become ASCII digits.
    case digits
    /// Accents off Latin, Greek and Cyrillic letters; `ø ł đ æ œ ß` become `o l d ae oe ss`.
    case accents
    /// A final `'s` or `’s` is removed, as Lucene's EnglishPossessiveFilter does.
    case possessive
    /// What stands after the last apostrophe is removed with it: Turkish suffixes of names.
    case apostrophe
    /// German umlauts and `ß`, and the spellings `ae oe ue ss` for them, become one.
    case german
    /// Greek accents off, final sigma as any sigma.
    case greek
    /// Russian `ё` becomes `е`, stress marks off.
    case russian
    /// Romanian `ș ț` in both spellings become one.
    case romanian
    /// Arabic letters that are written in several ways become one; vowel signs and tatweel off.
    case arabic
    /// Arabic `و` and `ف` before the article are removed.
    case arabicConjunction
    /// Devanagari letters that are written in several ways become one; nukta and virama off.
    case hindi
    /// Long vowels of Devanagari become short; stands after a stemmer.
    case hindiVowels
    /// Thai and Lao marks in one order.
    case thai
    /// Katakana becomes hiragana.
    case hiragana
    /// A katakana word of four characters or more loses a final `ー`.
    case prolongedSound
    /// The Japanese iteration marks become what they stand for: `時々` becomes `時時`.
    case iterationMarks
    /// The tone mark of a Vietnamese syllable in one place: `hoà` becomes `hòa`.
    case vietnamese
    /// Traditional Chinese characters become simplified ones.
    case simplifiedChinese

    /// What the rule does to a token of well-formed UTF-8.
    var function: (inout [UInt8]) -> Void {
        switch self {
        case .nfkcCasefold: CaseFolding.apply
        case .turkishCase: TurkishCase.apply
        case .digits: DigitFolding.apply
        case .accents: DiacriticFolding.apply
        case .possessive: Possessive.apply
        case .apostrophe: Apostrophe.apply
        case .german: GermanFolding.apply
        case .greek: GreekFolding.apply
        case .russian: RussianFolding.apply
        case .romanian: RomanianFolding.apply
        case .arabic: ArabicFolding.apply
        case .arabicConjunction: ArabicConjunction.apply
        case .hindi: HindiFolding.apply
        case .hindiVowels: HindiFolding.shortenVowels
        case .thai: ThaiFolding.apply
        case .hiragana: KanaFolding.toHiragana
        case .prolongedSound: KanaFolding.removeFinalProlongedSound
        case .iterationMarks: KanaFolding.expandIterationMarks
        case .vietnamese: VietnameseFolding.apply
        case .simplifiedChinese: SimplifiedChinese.apply
        }
    }
}
