/// Makes the common spellings of Hindi words equal: two steps, for the stemmer stands between them.
///
/// ``apply(to:)`` leaves the length of vowels alone: `अँग्रेज़ी` gives `अंगरेजी`. First what looks like one vowel becomes one (`अ` and `ा`
/// become `आ`), then, letter by letter:
/// - nukta goes (`ज़` becomes `ज`), and so do virama and zero-width joiners;
/// - chandrabindu, and `न` with virama, become anusvara;
/// - candra and short vowels become the ordinary one (`ॅ ॆ` become `े`, `ॉ ॊ` become `ो`); the same for vowels that are letters.
///
/// Both are repeated until nothing changes; for correct spelling once is enough. ``shortenVowels(_:)`` makes long vowels short and
/// `ै ौ` to `े ो`. Snowball's endings have long vowels (`करती`, `करता` and `करते` give `कर`), so it comes after.
/// Source: Lucene's IndicNormalizer (its pairs of Devanagari) and HindiNormalizer, after Pingali and Varma, Word normalization in Indian
/// languages, and Larkey, Connell and AbdulJaleel, Hindi CLIR in Thirty Days, 2003.
enum HindiFolding {
    static func apply(to term: inout [UInt8]) {
        // Devanagari is E0 A4 and E0 A5 in UTF-8.
        guard term.contains(0xE0) else { return }
        var scalars = UTF8Scalars.decode(term)
        var before: [Unicode.Scalar] = []
        while scalars != before {
            before = scalars
            scalars = folded(composed(scalars))
        }
        UTF8Scalars.encode(scalars, to: &term)
    }

    /// Makes long vowels short.
    static func shortenVowels(_ term: inout [UInt8]) {
        guard term.contains(0xE0) else { return }
        UTF8Scalars.map(&term) { long[$0] ?? $0 }
    }

    private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in scalars {
            if let last = result.last, let vowel = vowels[last]?[scalar] {
                result[result.count - 1] = vowel
            } else {
                result.append(scalar)
            }
        }
        return result
    }

    private static func folded(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for (i, scalar) in scalars.enumerated() {
            switch scalar {
            case "\u{928}" where i + 1 < scalars.count && scalars[i + 1] == "\u{94D}": result.append("\u{902}")
            case "\u{93C}", "\u{94D}", "\u{200C}", "\u{200D}": break
            default: result.append(letters[scalar] ?? scalar)
            }
        }
        return result
    }

    /// The vowel that a letter or vowel sign makes with a vowel sign behind it.
    private static let vowels: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = [
        "\u{905}": [
            "\u{93E}": "\u{906}", "\u{945}": "\u{972}", "\u{946}": "\u{904}", "\u{949}": "\u{911}",
            "\u{94A}": "\u{912}",
            "\u{94B}": "\u{913}", "\u{94C}": "\u{914}",
        ],
        "\u{906}": ["\u{945}": "\u{911}", "\u{946}": "\u{912}", "\u{947}": "\u{913}", "\u{948}": "\u{914}"],
        "\u{909}": ["\u{941}": "\u{90A}"],
        "\u{90F}": ["\u{945}": "\u{90D}", "\u{946}": "\u{90E}", "\u{947}": "\u{910}"],
        "\u{93E}": ["\u{945}": "\u{949}", "\u{946}": "\u{94A}", "\u{947}": "\u{94B}", "\u{948}": "\u{94C}"],
    ]

    private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
        // Chandrabindu.
        "\u{901}": "\u{902}",
        // Consonants with nukta.
        "\u{929}": "\u{928}", "\u{931}": "\u{930}", "\u{934}": "\u{933}", "\u{958}": "\u{915}", "\u{959}": "\u{916}",
        "\u{95A}": "\u{917}", "\u{95B}": "\u{91C}", "\u{95C}": "\u{921}", "\u{95D}": "\u{922}", "\u{95E}": "\u{92B}",
        "\u{95F}": "\u{92F}",
        // Candra and short vowels.
        "\u{90D}": "\u{90F}", "\u{90E}": "\u{90F}", "\u{911}": "\u{913}", "\u{912}": "\u{913}", "\u{972}": "\u{905}",
        "\u{945}": "\u{947}", "\u{946}": "\u{947}", "\u{949}": "\u{94B}", "\u{94A}": "\u{94B}",
    ]

    private static let long: [Unicode.Scalar: Unicode.Scalar] = [
        // Letters.
        "\u{906}": "\u{905}", "\u{908}": "\u{907}", "\u{90A}": "\u{909}", "\u{910}": "\u{90F}", "\u{914}": "\u{913}",
        "\u{960}": "\u{90B}", "\u{961}": "\u{90C}",
        // Signs.
        "\u{940}": "\u{93F}", "\u{942}": "\u{941}", "\u{944}": "\u{943}", "\u{948}": "\u{947}", "\u{94C}": "\u{94B}",
        "\u{963}": "\u{962}",
    ]
}
