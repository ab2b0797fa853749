import DecoyTestSupport
import Testing

@testable import TextAnalysis

@Suite("Language detector")
struct LanguageDetectorTests {
    private func guess(_ texts: [String]) -> LanguageGuess {
        var detector = LanguageDetector()
        for text in texts { detector.add(text) }
        return detector.guess()
    }

    @Test("Three sentences are enough for every profile.", arguments: LanguageSentences.profiled.keys.sorted())
    func profiled(_ name: String) {
        let guess = guess(LanguageSentences.profiled[name] ?? [])
        #expect(guess.profile == name, "\(guess)")
        #expect(guess.confidence > 0.3 && guess.confidence <= 1, "\(guess)")
    }

    @Test("One sentence gives its profile or none.", arguments: LanguageSentences.profiled.keys.sorted())
    func single(_ name: String) {
        for sentence in LanguageSentences.profiled[name] ?? [] {
            let guess = guess([sentence])
            #expect(guess.profile == name || guess.profile == "icu", "\(sentence): \(guess)")
        }
    }

    @Test(
        "A language without a profile is not taken for its neighbour.",
        arguments: LanguageSentences.others.keys.sorted())
    func others(_ name: String) {
        let sentences = LanguageSentences.others[name] ?? []
        for sample in [sentences] + sentences.map({ [$0] }) {
            let guess = guess(sample)
            #expect(guess.profile == "icu" && guess.confidence == 0, "\(sample): \(guess)")
        }
    }

    @Test("Two languages of more than a fifth each are mixed, whether they share a script or not.")
    func mixed() throws {
        let profiled = LanguageSentences.profiled
        for (a, b) in [
            ("german", "english"), ("french", "spanish"), ("danish", "finnish"), ("russian", "german"),
            ("japanese", "english"), ("chinese", "thai"), ("turkish", "arabic"), ("chinese", "japanese"),
        ] {
            let guess = guess(try #require(profiled[a]) + #require(profiled[b]))
            #expect(guess.profile == "icu", "\(a) and \(b): \(guess)")
        }
    }

    @Test("A few foreign sentences do not hide the language of the collection.")
    func mostlyOne() throws {
        let german = try #require(LanguageSentences.profiled["german"])
        let english = try #require(LanguageSentences.profiled["english"])
        let texts = Array(repeating: german, count: 4).flatMap { $0 } + [english[0]]
        #expect(guess(texts).profile == "german")
        let japanese = try #require(LanguageSentences.profiled["japanese"])
        #expect(guess(japanese + ["ABC社の新しいサービスである。", "これは JSON を読むための Python のライブラリ"]).profile == "japanese")
    }

    @Test("Short descriptions of software are English.")
    func descriptions() {
        let texts = [
            "library for parsing JSON", "fast and simple image viewer", "tools to manage network interfaces",
            "Python bindings for the GTK toolkit", "GNU C compiler", "development files for libfoo",
            "text editor with syntax highlighting",
            "utility to convert audio files", "documentation for the package manager",
        ]
        #expect(guess(texts).profile == "english")
    }

    @Test(
        "Where there is nothing to tell a language by, the profile is icu.",
        arguments: [
            [], [""], ["   \n\t"], ["1234 5678, 90.12 %"], ["🙂🙃 ✓"], ["xkcd qwrt zzyx plmk vbnm hjkl"],
            ["GET /a/b?c=d&e=f HTTP/1.1 %s %d -l -d"], ["0xDEADBEEF a1 b2 de_de la4 el9"], ["of"], ["JSON"],
        ])
    func nothing(_ texts: [String]) {
        let guess = guess(texts)
        #expect(guess.profile == "icu" && guess.confidence == 0 && !guess.evidence.isEmpty, "\(guess)")
    }

    @Test("Decomposed letters are those that they compose to.")
    func decomposed() throws {
        for (name, decomposed) in [
            (
                "swedish",
                "A\u{30A}ngan fo\u{308}r att vi a\u{308}r ha\u{308}r och da\u{308}r, fra\u{30A}n va\u{30A}ren pa\u{30A} o\u{308}n"
            ),
            (
                "vietnamese",
                "Chu\u{301}ng ta đa\u{303} bi\u{323} lo\u{303}i va\u{300} se\u{303} cu\u{303}ng la\u{300} cu\u{309}a nhu\u{31B}\u{303}ng"
            ),
        ] { #expect(guess([decomposed]).profile == name, "\(guess([decomposed]))") }
    }

    @Test("Broken bytes are no evidence and no trap.")
    func brokenBytes() throws {
        let broken: [UInt8] = [
            0xFF, 0xC3, 0x28, 0xE2, 0x82, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xC0, 0xAF, 0xF0,
        ]
        var detector = LanguageDetector()
        broken.withUnsafeBufferPointer { detector.add($0) }
        #expect(detector.guess().profile == "icu")
        for sentence in try #require(LanguageSentences.profiled["french"]) {
            let bytes = broken + Array(sentence.utf8) + broken
            bytes.withUnsafeBufferPointer { detector.add($0) }
        }
        #expect(detector.guess().profile == "french")
        detector.add(UnsafeBufferPointer(start: nil, count: 0))
        #expect(detector.guess().profile == "french")
    }

    @Test("Random bytes do not trap, and the same texts give the same guess in any order.")
    func random() {
        var generator = SeededGenerator(seed: 41)
        let words = LanguageSentences.profiled.sorted { $0.key < $1.key }.flatMap(\.value).flatMap { Array($0.utf8) }
        for _ in 0..<50 {
            var texts: [[UInt8]] = []
            for _ in 0..<4 {
                let start = Int.random(in: 0..<words.count, using: &generator)
                var text = Array(words[start..<min(words.count, start + 300)])
                for _ in 0..<20 {
                    text[Int.random(in: 0..<text.count, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                texts.append(text)
            }
            func guess(_ texts: [[UInt8]]) -> LanguageGuess {
                var detector = LanguageDetector()
                for text in texts { text.withUnsafeBufferPointer { detector.add($0) } }
                return detector.guess()
            }
            #expect(guess(texts) == guess(texts.reversed()), "seed 41")
        }
    }

    @Test("All languages fit into one word, and their letters into the classes of the table.")
    func limits() {
        #expect(DetectableLanguage.all.count <= 64)
        #expect(CharacterTable.shared.foreignTo.count < 256)
        for language in DetectableLanguage.all {
            #expect(language.words.count >= 15, "\(language.name)")
            #expect(language.letters != "" || language.script == .latin)
            for word in language.words {
                let set = FunctionWords.shared.sets[FunctionWords.shared.set(of: FunctionWords.hash(word))]
                #expect(set != 0, "\(word)")
            }
        }
    }

    @Test("The table has the script and the lower-case form that ICU gives.")
    func characters() {
        let table = CharacterTable.shared
        for (scalar, script, lowercase) in [
            ("A", Script.latin, "a"), ("É", .latin, "é"), ("Ж", .cyrillic, "ж"), ("Σ", .greek, "σ"), ("中", .han, "中"),
            ("カ", .kana, "カ"), ("한", .hangul, "한"), ("ก", .thai, "ก"), ("7", .digit, "7"), ("_", .digit, "_"),
            (" ", .none, " "), ("\u{301}", .mark, "\u{301}"), ("ب", .arabic, "ب"), ("𠮷", .han, "𠮷"), ("বি", .other, "ব"),
        ] as [(String, Script, String)] {
            let entry = table[scalar.unicodeScalars.first?.value ?? 0]
            #expect(entry.script == script, "\(scalar)")
            #expect(entry.lowercase == lowercase.unicodeScalars.first?.value, "\(scalar)")
        }
    }
}
