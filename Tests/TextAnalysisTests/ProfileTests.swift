import Foundation
import Testing

@testable import TextAnalysis

@Suite("Profiles")
struct ProfileTests {
    @Test("Every profile gives the terms that a reader of its language expects.", arguments: ProfileSentences.all)
    func golden(profile: String, sentence: String, terms: String) throws {
        #expect(try Analyzer(named: profile).terms(in: sentence).joined(separator: " ") == terms)
    }

    @Test("Every profile has a sentence.")
    func allProfiles() {
        #expect(ProfileSentences.all.map(\.profile) == AnalyzerOptions.knownNames)
    }

    @Test(
        "Forms and spellings of a word meet.",
        arguments: [
            ("english", "city cities cities' city's city’s"), ("german", "Müller Mueller Muller Müllers"),
            ("german", "Straße STRASSE Strassen"), ("french", "école Écoles l’école l'ecole ecole"),
            ("french", "aujourd'hui aujourd’hui"), ("spanish", "canción canciones cancion"),
            ("portuguese", "cidade cidades"), ("italian", "l'arte dell’arte quest'arte"),
            ("romanian", "școli şcolile ȘCOLI"), ("dutch", "foto foto's foto’s"), ("danish", "bog bogen"),
            ("norwegian", "bil bilen biler bilene"), ("swedish", "flicka flickor flickorna"),
            ("finnish", "talo talossa talot taloja"), ("hungarian", "ház házak házban házat"),
            ("russian", "ёлка елка ёлки ЁЛКА"), ("greek", "δρόμος δρομος ΔΡΟΜΟΣ δρόμου"),
            ("turkish", "İstanbul istanbul İSTANBUL'da İstanbul’un"), ("turkish", "kitap kitaplar kitabı"),
            ("turkish", "hikâye hikaye HİKÂYE"), ("arabic", "كتاب كِتَاب الكتاب والكتاب"),
            ("arabic", "الإسلام الاسلام والإسلام"),
            ("hindi", "करता करती करते करूँगा करूंगा"), ("hindi", "हिन्दी हिंदी"), ("hindi", "लड़की लड़कियाँ लड़कियों"),
            ("indonesian", "baca membaca dibaca bacaan"), ("vietnamese", "hoà hòa HOÀ"), ("chinese", "漢 汉"),
            ("thai", "แม่ เเม่"), ("thai", "25 ๒๕"), ("khmer", "10 ១០"), ("lao", "25 ໒໕"), ("burmese", "3 ၃"),
        ])
    func forms(profile: String, forms: String) throws {
        let analyzer = try Analyzer(named: profile)
        let stems = Set(forms.split(separator: " ").map { analyzer.terms(in: String($0)) })
        #expect(stems.count == 1, "\(stems)")
    }

    @Test("No stop word of a profile is a term of it.", arguments: StopWordLists.names)
    func stopWords(_ name: String) throws {
        var options = try AnalyzerOptions(named: name)
        let isReadTwice = options.segmentation == .wordsAndBigrams
        options.segmentation = .words
        let words = try Analyzer(options)
        let both = try Analyzer(named: name)
        for word in try #require(StopWordLists.words(name)) {
            #expect(words.terms(in: word) == [], "\(word)")
            #expect(words.terms(in: word.uppercased(in: name)) == [], "\(word)")
            // Of a word of three characters or more the pairs are left; the word is not.
            let left = both.terms(in: word)
            #expect(left.isEmpty || isReadTwice && !left.contains(word), "\(word): \(left)")
        }
    }

    /// The sentences of a profile.
    private func sentences(_ name: String) -> [String] {
        ProfileSentences.all.filter { $0.profile == name }.map(\.sentence) + (LanguageSentences.profiled[name] ?? [])
    }

    private static let folding = AnalyzerOptions.knownNames.filter { $0 != "whitespace" }

    @Test("Upper case gives the terms of lower case.", arguments: folding)
    func upperCase(_ name: String) throws {
        let analyzer = try Analyzer(named: name)
        for text in sentences(name) {
            #expect(analyzer.terms(in: text.uppercased(in: name)) == analyzer.terms(in: text), "\(text)")
        }
    }

    /// ICU's dictionaries know composed text only: decomposed kana may be cut into other words (their pairs are the same), and a number is
    /// not cut from decomposed Hangul behind it.
    @Test("Decomposed text gives the terms of composed text.", arguments: folding)
    func decomposed(_ name: String) throws {
        var options = try AnalyzerOptions(named: name)
        if name == "japanese" { options.segmentation = .bigrams }
        let analyzer = try Analyzer(options)
        for text in sentences(name) {
            let composed = analyzer.terms(in: text.precomposedStringWithCanonicalMapping)
            #expect(composed == analyzer.terms(in: text), "\(text)")
            #expect(analyzer.terms(in: text.decomposedStringWithCanonicalMapping) == composed, "\(text)")
        }
    }

    @Test("Full-width ASCII gives the terms of ASCII.", arguments: folding)
    func fullWidth(_ name: String) throws {
        let analyzer = try Analyzer(named: name)
        // Words only: to Unicode a full-width sign is not always the sign that it is in ASCII.
        for word in sentences(name).flatMap({ $0.split { !$0.isLetter && !$0.isNumber } }) {
            let wide = word.unicodeScalars.map {
                (0x21...0x7E).contains($0.value) ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0
            }
            let text = String(String.UnicodeScalarView(wide))
            #expect(analyzer.terms(in: text) == analyzer.terms(in: String(word)), "\(text)")
        }
    }

    @Test(
        "All ways to read a session give the same terms at the same positions.", arguments: AnalyzerOptions.knownNames)
    func allWays(_ name: String) throws {
        let analyzer = try Analyzer(named: name)
        let session = analyzer.makeSession(cached: 3)
        var numbers: [String: UInt32] = [:]
        var terms: [String] = []
        for text in sentences(name) + sentences(name).reversed() {
            let tokens = analyzer.tokens(in: text)
            #expect(tokens.map(\.term) == analyzer.terms(in: text))
            var visited: [String] = []
            session.forEachTerm(in: text) { visited.append("\(String(decoding: $0, as: UTF8.self)) \($1)") }
            #expect(visited == tokens.map { "\($0.term) \($0.position)" })
            var counted: [String] = []
            Array(text.utf8).withUnsafeBufferPointer { utf8 in
                session.forEachTermNumber(in: utf8) { bytes in
                    let term = String(decoding: bytes, as: UTF8.self)
                    if let number = numbers[term] { return number }
                    numbers[term] = UInt32(terms.count)
                    terms.append(term)
                    return UInt32(terms.count - 1)
                } _: { number, position in
                    counted.append("\(terms[Int(number)]) \(position)")
                }
            }
            #expect(counted == visited)
        }
    }
}

extension String {
    /// Upper case by the rules of a profile's language.
    fileprivate func uppercased(in profile: String) -> String {
        profile == "turkish" ? replacing("i", with: "İ").uppercased() : uppercased()
    }
}
