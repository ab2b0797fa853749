import CICU
import Testing

@testable import TextAnalysis

@Suite("Stop word lists")
struct StopWordListTests {
    @Test("The list of every name is there and has words.", arguments: StopWordLists.names)
    func isComplete(_ name: String) throws {
        let words = try #require(StopWordLists.words(name))
        #expect(words.count >= (["lao", "burmese"].contains(name) ? 15 : 30))
        #expect(words == StopWordLists.words(name))
    }

    @Test("There is no list of an unknown name.")
    func unknown() {
        #expect(StopWordLists.words("klingon") == nil)
        #expect(StopWordLists.words("") == nil)
    }

    @Test("The English list is Lucene's.")
    func english() {
        #expect(StopWordLists.words("english") == StopWords.english)
        #expect(StopWords.english.count == 33)
    }

    @Test("A word stands once in its list, without white space or comment sign.", arguments: StopWordLists.names)
    func isSet(_ name: String) throws {
        let words = try #require(StopWordLists.words(name))
        var seen = Set<String>()
        for word in words {
            #expect(seen.insert(casefolded(word)).inserted, "\(word) stands twice")
            #expect(!word.isEmpty && !word.unicodeScalars.contains { cicu_is_white_space($0.value) != 0 })
            #expect(!word.contains("#"))
        }
    }

    @Test("Words are in lower case and composed form.", arguments: StopWordLists.names)
    func isNormal(_ name: String) throws {
        // What NFKC_Casefold changes in the normal spelling of a lower-case word: ß, final sigma, Thai and Lao am.
        let respelled: [Unicode.Scalar] = ["ß", "ς", "ำ", "ຳ"]
        for word in try #require(StopWordLists.words(name))
        where !word.unicodeScalars.contains(where: respelled.contains) {
            #expect(Array(word.utf8) == Array(casefolded(word).utf8), "\(word)")
        }
    }

    @Test("Every list asks: it has the question words of its language.")
    func questionWords() throws {
        let question = [
            "german": "wer", "french": "qui", "spanish": "quién", "portuguese": "quem", "italian": "chi",
            "dutch": "wie",
            "danish": "hvem", "norwegian": "hvem", "swedish": "vem", "finnish": "kuka", "russian": "кто",
            "turkish": "kim",
            "greek": "ποιος", "arabic": "متى", "hindi": "कौन", "indonesian": "siapa", "vietnamese": "ai",
            "romanian": "cine", "hungarian": "ki", "catalan": "qui", "chinese": "谁", "japanese": "誰", "thai": "ใคร",
            "korean": "누구", "khmer": "អ្នកណា", "lao": "ໃຜ", "burmese": "ဘယ်",
        ]
        #expect(Set(question.keys) == Set(StopWordLists.names).subtracting(["english"]))
        for (name, word) in question {
            #expect(try #require(StopWordLists.words(name)).contains(word), "\(name)")
        }
    }

    private func casefolded(_ word: String) -> String {
        let bytes = Array(word.utf8)
        var output = [UInt8](repeating: 0, count: 256)
        let count = cicu_nfkc_casefold(bytes, Int32(bytes.count), &output, 256)
        // Less than 0: the word is as it would become.
        return count < 0 ? word : String(decoding: output.prefix(Int(count)), as: UTF8.self)
    }
}
