import DecoyTestSupport
import Testing

@testable import TextAnalysis

/// Bytes that are shown as text; strings would be equal where only their marks stand in another order.
private struct Term: Hashable, CustomStringConvertible {
    var bytes: [UInt8]
    init(_ text: String) { bytes = Array(text.utf8) }
    var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// A term after one step.
private func fold(_ text: String, _ step: (inout [UInt8]) -> Void) -> Term {
    var term = Term(text)
    step(&term.bytes)
    return term
}

@Suite("Foldings of European languages")
struct EuropeanFoldingTests {
    @Test(
        "Turkish I loses its dot and İ keeps it, in one code point or two.",
        arguments: [
            ("ISPARTA", "ıSPARTA"), ("İstanbul", "istanbul"), ("I\u{307}zmir", "izmir"), ("i\u{307}zmir", "izmir"),
            ("İ\u{307}\u{307}x", "ix"), ("DIYARBAKIR", "DıYARBAKıR"), ("kısa", "kısa"), ("a\u{307}", "a\u{307}"),
            ("hâlâ", "hala"), ("Ka\u{302}Bİ\u{302}", "KaBi"),
            ("", ""),
        ])
    func turkish(_ term: String, _ expected: String) { #expect(fold(term, TurkishCase.apply) == Term(expected)) }

    @Test("Turkish case, then NFKC_Casefold, brings upper and lower case together.")
    func turkishThenCasefold() throws {
        let analyzer = try Analyzer(named: "icu")
        for (upper, lower) in [
            ("KISIK", "kısık"), ("İZMİR", "izmir"), ("IĞDIR", "ığdır"), ("DİYARBAKIR", "diyarbakır"),
        ] {
            #expect(analyzer.terms(in: "\(fold(upper, TurkishCase.apply))") == analyzer.terms(in: lower))
        }
    }

    @Test(
        "A token is cut at its last apostrophe where two characters stand before.",
        arguments: [
            ("türkiye'nin", "türkiye"), ("ankara’da", "ankara"), ("ali\u{2BC}nin", "ali"), ("van\u{FF07}da", "van"),
            ("a'b'c", "a'b"), ("'tis", "'tis"), ("’a'b", "’a'b"), ("o'neil", "o'neil"), ("o'neil'in", "o'neil"),
            ("'", "'"), ("su", "su"), ("", ""),
        ])
    func apostrophe(_ term: String, _ expected: String) { #expect(fold(term, Apostrophe.apply) == Term(expected)) }

    @Test(
        "Elided articles go, but never the whole term.",
        arguments: [
            ("l'avion", "avion"), ("l’élève", "élève"), ("qu'il", "il"), ("jusqu'alors", "alors"), ("j't'aime", "aime"),
            ("aujourd'hui", "aujourd'hui"), ("o'brien", "o'brien"), ("l'", "l'"), ("d'l'", "l'"), ("'l", "'l"),
            ("l", "l"), ("", ""),
        ])
    func frenchElision(_ term: String, _ expected: String) {
        #expect(fold(term) { Elision.apply(to: &$0, articles: Elision.french) } == Term(expected))
    }

    @Test("Italian and Catalan have their own articles.")
    func otherElision() {
        #expect(fold("dell'arte") { Elision.apply(to: &$0, articles: Elision.italian) } == Term("arte"))
        #expect(fold("un’altra") { Elision.apply(to: &$0, articles: Elision.italian) } == Term("altra"))
        #expect(fold("l'institut") { Elision.apply(to: &$0, articles: Elision.catalan) } == Term("institut"))
        #expect(fold("dell'arte") { Elision.apply(to: &$0, articles: Elision.catalan) } == Term("dell'arte"))
    }

    @Test(
        "German umlauts have one spelling.",
        arguments: [
            ("häuser", "hauser"), ("haeuser", "hauser"), ("hauser", "hauser"), ("ärmel", "armel"), ("aermel", "armel"),
            ("schön", "schon"), ("schoen", "schon"), ("über", "uber"), ("ueber", "uber"), ("straße", "strasse"),
            ("quelle", "quelle"), ("neue", "neue"), ("bauer", "bauer"), ("treue", "treue"), ("säen", "saen"),
            ("weißbier", "weissbier"), ("fußübung", "fussubung"), ("feuer", "feuer"), ("e", "e"), ("ue", "u"), ("", ""),
        ])
    func german(_ term: String, _ expected: String) { #expect(fold(term, GermanFolding.apply) == Term(expected)) }

    @Test("German folding is Lucene's automaton, for random words of its letters.")
    func germanReference() {
        let letters = Array("aeiouyqnsäöüß")
        var random = SeededGenerator(seed: 41)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...8, using: &random)
            let word = String((0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
            #expect(fold(word, GermanFolding.apply) == Term(automaton(word)), "seed \(random.seed)")
        }
    }

    /// The three states of Lucene's GermanNormalizationFilter: ordinary, after a vowel, and after a letter that may be an umlaut.
    private func automaton(_ word: String) -> String {
        enum State { case ordinary, vowel, umlaut }
        var state = State.ordinary
        var result = ""
        for letter in word {
            var output = String(letter)
            switch letter {
            case "a", "o": state = .umlaut
            case "u": state = state == .ordinary ? .umlaut : .vowel
            case "e":
                if state == .umlaut { output = "" }
                state = .vowel
            case "i", "q", "y": state = .vowel
            case "ä", "ö", "ü":
                output = letter == "ä" ? "a" : letter == "ö" ? "o" : "u"
                state = .vowel
            default:
                if letter == "ß" { output = "ss" }
                state = .ordinary
            }
            result += output
        }
        return result
    }

    @Test(
        "Accents go from Latin and Greek letters; Cyrillic letters of their own and other scripts keep their marks.",
        arguments: [
            ("élève", "eleve"), ("łódź", "lodz"), ("smørrebrød", "smorrebrod"), ("đặng", "dang"), ("œuvre", "oeuvre"),
            ("ısı", "isi"), ("straße", "strasse"), ("þórðr", "thordr"), ("ħal", "hal"), ("ǽ", "ae"), ("ǿ", "o"),
            ("e\u{301}\u{323}", "e"), ("αϊτή", "αιτη"), ("ᾆ", "α"), ("йод", "йод"), ("и\u{306}од", "йод"), ("ёж", "ёж"),
            ("їжак", "їжак"), ("ќе", "ќе"), ("росси\u{301}я", "россия"), ("ѝ", "и"), ("हिन्दी", "हिन्दी"), ("كِتَاب", "كِتَاب"),
            ("שָׁלוֹם", "שָׁלוֹם"), ("ที่นี่", "ที่นี่"), ("が", "が"), ("한국", "한국"), ("\u{301}a", "\u{301}a"), ("plain", "plain"),
            ("", ""),
        ])
    func diacritics(_ term: String, _ expected: String) {
        #expect(fold(term, DiacriticFolding.apply) == Term(expected))
    }

    @Test(
        "Greek loses its accents and its final sigma.",
        arguments: [
            ("δρόμος", "δρομοσ"), ("ελληνικά", "ελληνικα"), ("ἄνθρωπος", "ανθρωποσ"), ("ΐ", "ι"), ("ῷ", "ω"),
            ("ο\u{301}", "ο"), ("café", "café"), ("й", "й"), ("", ""),
        ])
    func greek(_ term: String, _ expected: String) { #expect(fold(term, GreekFolding.apply) == Term(expected)) }

    @Test(
        "Russian ё is е, stress marks go, й stays.",
        arguments: [
            ("ёлка", "елка"), ("е\u{308}лка", "елка"), ("росси\u{301}я", "россия"), ("чай", "чай"),
            ("чаи\u{306}", "чай"),
            ("все\u{300}", "все"), ("é", "é"), ("", ""),
        ])
    func russian(_ term: String, _ expected: String) {
        #expect(fold(term, RussianFolding.apply) == Term(expected))
    }

    @Test("Both spellings of Romanian get the same stem, which is that of the cedilla.")
    func romanian() throws {
        let stemmer = try Stemmer(named: "romanian")
        let pairs = [
            ("situație", "situaţie"), ("acțiunile", "acţiunile"), ("creșterea", "creşterea"),
            ("naționaliști", "naţionalişti"),
            ("bucurești", "bucureşti"), ("școală", "şcoală"),
        ]
        for (comma, cedilla) in pairs {
            var stems = [comma, cedilla].map { term in
                var bytes = Array(term.utf8)
                RomanianFolding.apply(to: &bytes)
                stemmer.stem(&bytes)
                return bytes
            }
            stems.append(Array(cedilla.utf8))
            stemmer.stem(&stems[2])
            #expect(Set(stems).count == 1, "\(comma)")
        }
    }
}

@Suite("Foldings of other scripts")
struct OtherFoldingTests {
    @Test(
        "Arabic letters, vowel signs and tatweel are unified.",
        arguments: [
            ("إسلام", "اسلام"), ("أحمد", "احمد"), ("آلة", "اله"), ("ٱلله", "الله"), ("على", "علي"), ("مدرسة", "مدرسه"),
            ("مُدَرِّسَةٌ", "مدرسه"), ("كـــتاب", "كتاب"), ("کتاب", "كتاب"), ("ایران", "ايران"), ("ہم", "هم"),
            ("خانۀ", "خانه"),
            ("رَحْمَٰن", "رحمن"), ("ـ", ""), ("latin", "latin"), ("", ""),
        ])
    func arabic(_ term: String, _ expected: String) { #expect(fold(term, ArabicFolding.apply) == Term(expected)) }

    @Test("NFKC_Casefold leaves apart what Arabic folding unifies.")
    func arabicAfterCasefold() throws {
        let analyzer = try Analyzer(named: "icu")
        for (a, b) in [("إسلام", "اسلام"), ("مدرسة", "مدرسه"), ("كِتاب", "كتاب"), ("کتاب", "كتاب")] {
            #expect(analyzer.terms(in: a) != analyzer.terms(in: b))
            #expect(fold(a, ArabicFolding.apply) == fold(b, ArabicFolding.apply))
        }
    }

    /// Spellings of one word and single letters, as Lucene's TestHindiNormalizer has them.
    @Test(
        "Hindi spellings are unified.",
        arguments: [
            ("अँगरेज़ी", "अंगरेजि"), ("अँग्रेज़ी", "अंगरेजि"), ("अंगरेजी", "अंगरेजि"), ("अंग्रेजी", "अंगरेजि"),
            ("क\u{93C}िताब", "किताब"), ("फ\u{93C}र\u{94D}ज\u{93C}", "फरज"), ("हिन्दी", "हिंदि"), ("हिंदी", "हिंदि"),
            ("शार्\u{200D}मा", "शारमा"), ("ॅॆॉॊऍऎऑऒ\u{972}", "ेेोोएएओओअ"), ("आईऊॠॡऐऔ", "अइउऋऌएओ"), ("कीकूकॄकॣकैकौ", "किकुकृकॢकेको"),
            ("अ\u{93E}", "अ"), ("अ\u{93E}\u{947}", "ओ"), ("क\u{93E}\u{947}", "को"), ("उ\u{941}", "उ"), ("text", "text"),
            ("", ""),
        ])
    func hindi(_ term: String, _ expected: String) {
        let both = fold(term) {
            HindiFolding.apply(to: &$0)
            HindiFolding.shortenVowels(&$0)
        }
        #expect(both == Term(expected))
    }

    @Test(
        "Decimal digits of every script become ASCII.",
        arguments: [
            ("१९४७", "1947"), ("١٩٤٧", "1947"), ("۱۹۴۷", "1947"), ("๒๕๖๗", "2567"), ("៤៥", "45"), ("９", "9"),
            ("𝟗", "9"),
            ("四", "四"), ("Ⅳ", "Ⅳ"), ("a١b", "a1b"), ("12", "12"), ("", ""),
        ])
    func digits(_ term: String, _ expected: String) { #expect(fold(term, DigitFolding.apply) == Term(expected)) }

    @Test(
        "Katakana becomes hiragana.",
        arguments: [
            ("カタカナ", "かたかな"), ("サーバー", "さーばー"), ("ヴァイオリン", "ゔぁいおりん"), ("ヽヾ", "ゝゞ"), ("ヷ", "ヷ"), ("漢字カナ", "漢字かな"),
            ("abc", "abc"),
        ])
    func hiragana(_ term: String, _ expected: String) { #expect(fold(term, KanaFolding.toHiragana) == Term(expected)) }

    @Test(
        "Long katakana words lose one final prolonged sound mark.",
        arguments: [
            ("サーバー", "サーバ"), ("タクシー", "タクシ"), ("コピー", "コピー"), ("パーティー", "パーティ"), ("らーめんー", "らーめんー"), ("漢字カー", "漢字カー"),
            ("アアアーー", "アアアー"), ("ー", "ー"), ("", ""),
        ])
    func prolongedSound(_ term: String, _ expected: String) {
        #expect(fold(term, KanaFolding.removeFinalProlongedSound) == Term(expected))
    }

    @Test(
        "Iteration marks repeat what is before them.",
        arguments: [
            ("時々", "時時"), ("馬鹿々々しい", "馬鹿馬鹿しい"), ("こゝろ", "こころ"), ("いすゞ", "いすず"), ("つゞく", "つづく"), ("学問のすゝめ", "学問のすすめ"),
            ("がゝ", "がか"), ("がゞ", "がが"), ("はゞ", "はば"), ("ばゝ", "ばは"), ("ぱゝ", "ぱぱ"), ("なゞ", "なな"), ("っゝ", "っっ"),
            ("カヾ", "カガ"), ("バナヽ", "バナナ"),
            ("時々々", "時時時"), ("々", "々"), ("ア々", "ア々"), ("時カ々々", "時カ々々"), ("かヽ", "かヽ"), ("a々", "a々"),
        ])
    func iterationMarks(_ term: String, _ expected: String) {
        #expect(fold(term, KanaFolding.expandIterationMarks) == Term(expected))
    }

    @Test("Every kana with a voiced form gets it, and loses it.")
    func voicedSounds() {
        let plain = Array("かきくけこさしすせそたちつてとはひふへほ")
        let voiced = Array("がぎぐげござじずぜぞだぢづでどばびぶべぼ")
        for (a, b) in zip(plain, voiced) {
            #expect(fold("\(a)ゞ", KanaFolding.expandIterationMarks) == Term("\(a)\(b)"))
            #expect(fold("\(b)ゝ", KanaFolding.expandIterationMarks) == Term("\(b)\(a)"))
        }
    }

    @Test("Traditional Chinese becomes simplified.")
    func chinese() {
        let pairs = [
            ("漢語", "汉语"), ("臺灣", "台湾"), ("頭髮", "头发"), ("著作", "着作"), ("電腦軟體", "电脑软体"), ("汉语", "汉语"), ("カナ", "カナ"),
            ("abc", "abc"),
            ("", ""),
        ]
        for (term, expected) in pairs { #expect(fold(term, SimplifiedChinese.apply) == Term(expected)) }
    }

    @Test("Ways of typing a Thai or Lao word give one term, also after NFKC_Casefold.")
    func thai() {
        let groups: [[String]] = [
            // Sara am and a tone mark.
            [
                "น\u{E49}\u{E33}", "น\u{E33}\u{E49}", "น\u{E4D}\u{E49}\u{E32}", "น\u{E49}\u{E4D}\u{E32}",
                "น\u{E4D}\u{E32}\u{E49}",
            ],
            ["กร\u{E30}ทำ", "กร\u{E30}ท\u{E4D}\u{E32}"],
            // Sara ae, vowel and tone mark, thanthakhat.
            ["\u{E41}ม\u{E48}", "\u{E40}\u{E40}ม\u{E48}"],
            ["ท\u{E35}\u{E48}", "ท\u{E48}\u{E35}", "ท\u{E35}\u{E48}\u{E48}"],
            ["ส\u{E34}ทธ\u{E34}\u{E4C}", "ส\u{E34}ทธ\u{E4C}\u{E34}"], ["ผ\u{E39}\u{E49}", "ผ\u{E49}\u{E39}"],
            // Lao.
            ["ນ\u{EC9}\u{EB3}", "ນ\u{EB3}\u{EC9}", "ນ\u{ECD}\u{EC9}\u{EB2}", "ນ\u{EC9}\u{ECD}\u{EB2}"],
            ["\u{EC1}ມ\u{EC8}", "\u{EC0}\u{EC0}ມ\u{EC8}"],
            ["ທ\u{EB5}\u{EC8}", "ທ\u{EC8}\u{EB5}"],
        ]
        for group in groups {
            let terms = Set(group.flatMap { [fold($0, ThaiFolding.apply), fold(casefolded($0), ThaiFolding.apply)] })
            #expect(terms.count == 1, "\(group[0])")
        }
        #expect(Set(groups.map { fold($0[0], ThaiFolding.apply) }).count == groups.count)
    }

    /// A token after NFKC_Casefold alone: no segmentation, which would cut some of these.
    private func casefolded(_ term: String) -> String {
        let options = AnalyzerOptions(name: "x", tokenizer: .whitespace, filters: [.fold(.nfkcCasefold)])
        return (try? Analyzer(options).terms(in: term).first) ?? ""
    }

    @Test("Correct Thai is left alone, but for sara am.")
    func thaiUnchanged() {
        for word in ["ที่นี่", "ผู้ใหญ่", "สิทธิ์", "เก็บ", "แม่", "ฤๅษี"] {
            #expect(fold(word, ThaiFolding.apply) == Term(word))
        }
        #expect(fold("ทำ", ThaiFolding.apply) == Term("ท\u{E4D}\u{E32}"))
    }

    @Test(
        "An Arabic conjunction before the article goes.",
        arguments: [
            ("والكتاب", "الكتاب"), ("فالكتاب", "الكتاب"), ("والد", "والد"), ("وزير", "وزير"), ("abcdef", "abcdef"),
        ])
    func arabicConjunction(_ term: String, _ expected: String) {
        #expect(fold(term, ArabicConjunction.apply) == Term(expected))
    }

    @Test("The two places of a Vietnamese tone mark are one, and other syllables stay.")
    func vietnamese() {
        for (new, old) in [("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("uỷ", "ủy"), ("oá", "óa")] {
            #expect(fold(new, VietnameseFolding.apply) == Term(old))
            #expect(fold(old, VietnameseFolding.apply) == Term(old))
        }
        for word in ["quý", "toán", "tiếng", "việt", "hoa", "ngoài"] {
            #expect(fold(word, VietnameseFolding.apply) == Term(word))
        }
    }
}
