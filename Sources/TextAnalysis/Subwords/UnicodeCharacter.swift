import CICU

/// Properties of characters as of the versions of Unicode that Hugging Face's tokenizers has them of.
///
/// They are ICU's, and for characters that it does not know those of Swift's library.
enum UnicodeCharacter {
    /// The general category as of Unicode 16, as ICU numbers them.
    @inline(__always) static func category(_ c: UInt32) -> Int32 {
        let category = cicu_general_category(c)
        return category == 0 ? newer(c, upTo: 16).category : category
    }

    /// Whether `\w` has it: letters, marks, decimal digits, connectors and joiners (UTS #18, annex C), as of Unicode 16.
    @inline(__always) static func isWord(_ c: UInt32) -> Bool {
        cicu_is_word_character(c) != 0 || cicu_general_category(c) == 0 && newer(c, upTo: 16).isWord
    }

    /// Whether it is a number (general categories Nd, Nl and No), as of Unicode 17.
    static func isNumeric(_ c: UInt32) -> Bool {
        let category = cicu_general_category(c)
        return (9...11).contains(category == 0 ? newer(c, upTo: 17).category : category)
    }

    private static func newer(_ c: UInt32, upTo version: Int) -> (category: Int32, isWord: Bool) {
        guard let properties = Unicode.Scalar(c)?.properties, let age = properties.age, age.major <= version else {
            return (0, false)
        }
        let category: Int32 =
            switch properties.generalCategory {
            case .uppercaseLetter: 1
            case .lowercaseLetter: 2
            case .titlecaseLetter: 3
            case .modifierLetter: 4
            case .otherLetter: 5
            case .nonspacingMark: 6
            case .enclosingMark: 7
            case .spacingMark: 8
            case .decimalNumber: 9
            case .letterNumber: 10
            case .otherNumber: 11
            case .dashPunctuation: 19
            case .openPunctuation: 20
            case .closePunctuation: 21
            case .connectorPunctuation: 22
            case .otherPunctuation: 23
            case .mathSymbol: 24
            case .currencySymbol: 25
            case .modifierSymbol: 26
            case .otherSymbol: 27
            case .initialPunctuation: 28
            case .finalPunctuation: 29
            default: 0
            }
        return (category, properties.isAlphabetic || (6...9).contains(category) || category == 22)
    }
}
