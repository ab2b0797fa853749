import CICU
import DecoyTestSupport
import Testing

@testable import TextAnalysis

/// One token with its place, status and position.
private struct Piece: Equatable, CustomStringConvertible {
    var start: Int
    var end: Int
    var status: Int32
    var position: Int
    var description: String { "\(start)..<\(end) \(status) @\(position)" }
}

private func pieces(_ bytes: [UInt8], _ segmentation: Segmentation, _ icu: ICUWords) -> [Piece] {
    var pieces: [Piece] = []
    var position = -1
    bytes.withUnsafeBufferPointer { buffer in
        ByteClass.table.withUnsafeBufferPointer { classes in
            guard let table = classes.baseAddress else { return }
            segmentation.forEachSpan(in: buffer, classes: table, icu: icu) { start, end, status, advance in
                position += advance
                pieces.append(Piece(start: start, end: end, status: status, position: position))
            }
        }
    }
    return pieces
}

private func words(_ text: String, _ icu: ICUWords) -> [(start: Int, end: Int, status: Int32)] {
    var words: [(Int, Int, Int32)] = []
    Array(text.utf8).withUnsafeBufferPointer { buffer in
        icu.forEach(in: buffer, from: 0, to: buffer.count) { words.append(($0, $1, $2)) }
    }
    return words
}

/// The script of a letter that is cut into pairs, by ranges of code points written down here; nil for all others.
private func script(_ scalar: Unicode.Scalar) -> Int32? {
    switch scalar.value {
    case 0x0E30, 0x0E32, 0x0E33, 0x0E01...0x0E2F, 0x0E40...0x0E46: return 3
    case 0x0E81...0x0EB0, 0x0EB2, 0x0EB3, 0x0EBD, 0x0EC0...0x0EC6, 0x0EDC...0x0EDF: return 4
    case 0x1780...0x17B3, 0x17D7, 0x17DC: return 5
    case 0x1000...0x102A, 0x103F, 0x1050...0x1055: return 6
    case 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3: return 2
    case 0x3005...0x3007, 0x3031...0x3035, 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF,
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFF66...0xFF9D, 0x20000...0x2A6DF:
        return 1
    default: return nil
    }
}

private func attaches(_ scalar: Unicode.Scalar, to script: Int32) -> Bool {
    let properties = scalar.properties
    if properties.isGraphemeExtend || properties.isEmojiModifier || properties.generalCategory == .spacingMark {
        return true
    }
    if properties.generalCategory == .format, scalar != "\u{200B}" { return true }
    switch scalar.value {
    case 0x0E33: return script == 3
    case 0x0EB3: return script == 4
    case 0x1160...0x11FF: return script == 2
    default: return false
    }
}

/// Characters of Thai, Lao, Khmer and Burmese put together from those of UAX #29.
private func clusters(_ characters: [String]) -> [String] {
    var result: [String] = []
    var joinsNext = false
    for character in characters {
        let scalars = Array(character.unicodeScalars)
        let first = scalars.first ?? " "
        let follows = "ะาำๅະາຳຽ".unicodeScalars.contains(first)
        let endsSyllable =
            (0x1000...0x103F).contains(first.value) && ["\u{103A}", "\u{1039}"].contains(scalars.dropFirst().first)
        if joinsNext || follows || endsSyllable, !result.isEmpty {
            result[result.count - 1] += character
        } else {
            result.append(character)
        }
        joinsNext =
            scalars.last == "\u{17D2}" || scalars.last == "\u{1039}"
            || ("เแโใไເແໂໃໄ".unicodeScalars.contains(first) && scalars.count == 1)
    }
    return result
}

/// The words of a part of a text, counted from its start: those of the whole text, and of a word that goes beyond the part the words that its
/// piece in the part has alone.
private func words(
    of part: Range<Int>, in text: [UInt8], _ whole: [(start: Int, end: Int, status: Int32)], _ icu: ICUWords
) -> [(start: Int, end: Int, status: Int32)] {
    whole.flatMap { word -> [(start: Int, end: Int, status: Int32)] in
        let piece = max(word.start, part.lowerBound)..<max(word.start, part.lowerBound, min(word.end, part.upperBound))
        if piece.isEmpty { return [] }
        let offset = piece.lowerBound - part.lowerBound
        if piece == word.start..<word.end { return [(offset, offset + piece.count, word.status)] }
        return words(String(decoding: text[piece], as: UTF8.self), icu).map {
            (offset + $0.start, offset + $0.end, $0.status)
        }
    }
}

/// Scalar by scalar: a list of characters for each run, and strings between them.
private func naivePieces(_ text: String, withWords: Bool, _ icu: ICUWords) -> [Piece] {
    var result: [Piece] = []
    var between = ""
    var run: [String] = []
    var runScript: Int32?
    var offset = 0
    var position = 0
    let bytes = Array(text.utf8)
    let whole = words(text, icu)
    func finish() {
        let wordsBetween =
            withWords
            ? words(of: offset..<(offset + between.utf8.count), in: bytes, whole, icu) : words(between, icu)
        for word in wordsBetween {
            let piece = Piece(
                start: offset + word.start, end: offset + word.end, status: word.status, position: position)
            result += withWords ? [piece, piece] : [piece]
            position += 1
        }
        offset += between.utf8.count
        between = ""
        run = clusters(run)
        var starts = [0]
        for character in run { starts.append(starts[starts.count - 1] + character.utf8.count) }
        var found: [Piece] = []
        for i in run.indices where i + 1 < run.count || run.count == 1 {
            let end = starts[min(i + 2, run.count)]
            found.append(Piece(start: starts[i], end: end, status: runScript == 1 ? 400 : 200, position: i))
        }
        if withWords {
            for word in words(of: offset..<(offset + starts[run.count]), in: bytes, whole, icu) {
                let character = starts.lastIndex { $0 <= word.start } ?? 0
                // A word that is a pair too comes first of the two.
                let place = found.firstIndex { $0.start == word.start && $0.end == word.end } ?? found.count
                found.insert(
                    Piece(start: word.start, end: word.end, status: word.status, position: character), at: place)
            }
        }
        found = found.enumerated().sorted {
            ($0.element.start, -$0.element.end, $0.offset) < ($1.element.start, -$1.element.end, $1.offset)
        }.map(\.element)
        result += found.map {
            Piece(start: offset + $0.start, end: offset + $0.end, status: $0.status, position: position + $0.position)
        }
        offset += starts[run.count]
        position += run.count
        run = []
        runScript = nil
    }
    for scalar in text.unicodeScalars {
        if let current = runScript, attaches(scalar, to: current) {
            run[run.count - 1].unicodeScalars.append(scalar)
        } else if let script = script(scalar) {
            if script != runScript { finish() }
            runScript = script
            run.append(String(scalar))
        } else {
            if runScript != nil { finish() }
            between.unicodeScalars.append(scalar)
        }
    }
    finish()
    return result
}

/// Whether a well-formed character begins before the offset and ends after it.
private func isInsideCharacter(_ bytes: [UInt8], _ offset: Int) -> Bool {
    (max(0, offset - 3)..<offset).contains { start in
        (offset + 1..<max(offset + 1, min(bytes.count, start + 4)) + 1).contains { end in
            end <= bytes.count && String(validating: bytes[start..<end], as: UTF8.self)?.unicodeScalars.count == 1
        }
    }
}

@Suite("Bigrams")
struct BigramTests {
    private func terms(_ text: String, _ segmentation: Segmentation) -> String {
        let bytes = Array(text.utf8)
        return pieces(bytes, segmentation, ICUWords())
            .map { "\(String(decoding: bytes[$0.start..<$0.end], as: UTF8.self))@\($0.position)" }.joined(
                separator: " ")
    }

    @Test("Runs of scripts without spaces and of Hangul give overlapping pairs, and all other text its words.")
    func examples() {
        #expect(terms("東京都 in 2026", .bigrams) == "東京@0 京都@1 in@3 2026@4")
        #expect(terms("タワー、人々が", .bigrams) == "タワ@0 ワー@1 人々@3 々が@4")
        #expect(terms("山abc한국어 말", .bigrams) == "山@0 abc@1 한국@2 국어@3 말@5")
        #expect(terms("น้ำใจ ๑๒", .bigrams) == "น้ำใจ@0 ๑๒@2")
        #expect(terms("เบาแรง", .bigrams) == "เบาแร@0 แรง@1")
        #expect(terms("ខ្មែរ", .bigrams) == "ខ្មែរ@0")
        #expect(terms("မြန်မာ", .bigrams) == "မြန်မာ@0")
        #expect(terms("ｶﾞｷﾞ", .bigrams) == "ｶﾞｷﾞ@0")
        #expect(terms("\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}", .bigrams).hasSuffix("@0"))
        #expect(terms("ไทยລາວ", .bigrams) == "ไทย@0 ລາວ@2")
        #expect(terms("don't go", .bigrams) == "don't@0 go@1")
    }

    @Test("Words and pairs come in order of their start, the longer first, and what is both comes twice.")
    func both() {
        #expect(terms("東京都に住んで", .wordsAndBigrams) == "東京@0 東京@0 京都@1 都に@2 都@2 に住@3 に@3 住ん@4 住@4 んで@5 んで@5")
        #expect(terms("北京大学 x", .wordsAndBigrams) == "北京@0 北京@0 京大@1 大学@2 大学@2 x@4 x@4")
        #expect(terms("山 川", .wordsAndBigrams) == "山@0 山@0 川@1 川@1")
        #expect(terms("カタカナ", .wordsAndBigrams) == "カタカナ@0 カタ@0 タカ@1 カナ@2")
    }

    @Test(
        "Random strings of mixed scripts give the tokens and positions of the naive way.",
        arguments: Segmentation.allCases)
    func random(segmentation: Segmentation) {
        let seed: UInt64 = 41
        let icu = ICUWords()
        var random = SeededGenerator(seed: seed)
        let alphabet = Array(
            ("ab1_'.,:@ é’\u{301}\u{200D}\u{AD}\u{200B}\u{FE00}你好山川東京大学にほんカナ々ー〆〇、。・「」𠀀ｶﾊﾞﾟ゙㌔ไทยกาน้ำเ๑ລາວຳខ្មែរမြန်မာ၁"
                + "한국어ㅎ\u{1112}\u{1161}\u{11AB}\u{115F}א👍🏽🇩\u{3000}").unicodeScalars)
        for round in 0..<3000 {
            var text = ""
            // Few letters at a time, so that runs are long in some texts and short in others.
            let few = (0..<Int.random(in: 1...10, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            for _ in 0..<Int.random(in: 0...24, using: &random) {
                text.unicodeScalars.append(few[Int.random(in: 0..<few.count, using: &random)])
            }
            let expected =
                segmentation == .words
                ? words(text, icu).enumerated().map {
                    Piece(start: $1.start, end: $1.end, status: $1.status, position: $0)
                } : naivePieces(text, withWords: segmentation == .wordsAndBigrams, icu)
            let found = pieces(Array(text.utf8), segmentation, icu)
            #expect(found == expected, "seed \(seed), round \(round): \(text.debugDescription)")
            if found != expected { return }
        }
    }

    @Test(
        "Random bytes give tokens in order inside the text, on boundaries of well-formed characters.",
        arguments: Segmentation.allCases)
    func randomBytes(segmentation: Segmentation) {
        let seed: UInt64 = 8
        let icu = ICUWords()
        var random = SeededGenerator(seed: seed)
        let sound = Array("東京ไทย한a 1".utf8)
        for round in 0..<1500 {
            let bytes = (0..<Int.random(in: 0...30, using: &random)).flatMap { _ in
                Bool.random(using: &random) ? [UInt8.random(in: 0...255, using: &random)] : sound
            }
            var last = Piece(start: 0, end: 0, status: 0, position: -1)
            for piece in pieces(bytes, segmentation, icu) {
                #expect(
                    piece.start >= last.start && piece.end > piece.start && piece.end <= bytes.count
                        && piece.position >= last.position && piece.position <= bytes.count
                        && !isInsideCharacter(bytes, piece.start) && !isInsideCharacter(bytes, piece.end),
                    "seed \(seed), round \(round): \(bytes)")
                last = piece
            }
        }
    }

    @Test("What counts as separating words is no part of a word of ICU's, whatever stands around it.")
    func separators() {
        var wrong: [String] = []
        let icu = ICUWords()
        for value in (0x80..<0x1_0000) as Range<UInt32> where cicu_separates_words(value) != 0 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let length = String(scalar).utf8.count
            for letters in [("a", "a"), ("1", "1"), ("カ", "カ"), ("_", "א")] {
                let found = words(letters.0 + String(scalar) + letters.1, icu)
                let place = letters.0.utf8.count
                if found.contains(where: { $0.start < place + length && $0.end > place }) {
                    wrong.append(String(value, radix: 16))
                }
            }
        }
        #expect(wrong.isEmpty)
    }
}
