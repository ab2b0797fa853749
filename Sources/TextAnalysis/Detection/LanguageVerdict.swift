/// What a passage or a whole sample is written in.
enum LanguageVerdict: Sendable, Hashable {
    /// A language; its profile may be missing.
    case language(String)
    /// Some language of this writing.
    case writing(Writing)
    /// No writing has three fifths of the letters.
    case mixedWriting

    /// Its name for a person.
    var name: String {
        switch self {
        case .language(let name): name.prefix(1).uppercased() + name.dropFirst()
        case .writing(let writing): writing.name
        case .mixedWriting: "mixed scripts"
        }
    }
}

extension LanguageEvidence {
    /// Letters of kana below this share of a Chinese or Japanese text are quotations: the text is Chinese.
    private static let kanaShare = 0.05

    /// The verdict on a passage of at most some 70 words; nil where it has no letters.
    func passageVerdict() -> LanguageVerdict? {
        let (writing, count) = leadingWriting()
        guard count > 0 else { return nil }
        guard count * 5 >= letterCount * 3 else { return .mixedWriting }
        if let name = languageOfWriting(writing) { return .language(name) }
        guard let script = writing.wordScript else { return .writing(writing) }
        // Hits alone: letters of a passage are too few to count.
        var best = (language: -1, hits: 0)
        var second = 0
        for (i, language) in DetectableLanguage.all.enumerated() where language.script == script {
            if hits[i] > best.hits {
                second = best.hits
                best = (i, hits[i])
            } else if hits[i] > second {
                second = hits[i]
            }
        }
        let wordCount = words[Int(script.rawValue)]
        let isClear = best.hits * 8 >= wordCount && (best.hits - second) * 20 >= wordCount && best.hits >= second + 2
        return isClear ? .language(DetectableLanguage.all[best.language].name) : .writing(writing)
    }

    /// The language that a writing alone tells.
    func languageOfWriting(_ writing: Writing) -> String? {
        guard writing == .han else { return writing.onlyProfile }
        let kana = letters[Int(Script.kana.rawValue)]
        let all = kana + letters[Int(Script.han.rawValue)]
        return Double(kana) >= Self.kanaShare * Double(all) ? "japanese" : "chinese"
    }
}
