/// From the counts of a sample and the votes of its passages to a guess.
struct LanguageDecision {
    var total: LanguageEvidence
    /// Words by the set of languages they belong to.
    var wordSets: [Int]
    var votes: [LanguageVerdict: Int]

    /// Above this share of the votes for other languages a text is mixed.
    private static let rivalShare = 0.2
    /// The leading script must have this share of the letters.
    private static let writingShare = 0.6
    /// Function words must be this share of the words, or have a wide lead.
    private static let wordShare = 0.1
    /// The same for English, the language of lists, code and products.
    private static let englishWordShare = 0.06
    /// The lead over the next language in shares of the words, and in words.
    private static let lead = (share: 0.02, wideShare: 0.07, words: 1.5)

    /// The guess.
    func guess() -> LanguageGuess {
        let (writing, count) = total.leadingWriting()
        guard count > 0 else { return .undecided("no letters in the sample") }
        let share = Double(count) / Double(total.letterCount)
        guard share >= Self.writingShare else {
            return .undecided("mixed scripts: \(writing.name) has \(percent(share)) of the letters")
        }
        let seen = "\(writing.name) \(percent(share))"
        if let script = writing.wordScript { return guess(script, writing, share, seen) }
        guard let profile = total.languageOfWriting(writing) else {
            return .undecided("\(seen): no profile for it")
        }
        let kana = writing == .han ? ", \(profile == "japanese" ? "with" : "without") Kana" : ""
        return rival(to: profile, writing) ?? LanguageGuess(profile: profile, confidence: share, evidence: seen + kana)
    }

    /// The guess where words tell languages of a script apart.
    private func guess(_ script: Script, _ writing: Writing, _ share: Double, _ seen: String) -> LanguageGuess {
        let candidates = total.candidates(script)
        guard candidates.count > 1 else { return .undecided("\(seen): no profile for it") }
        let (best, second) = (candidates[0], candidates[1])
        let language = DetectableLanguage.all[best.language]
        guard total.hits[best.language] >= 2 else {
            return .undecided("\(seen); too few function words of any language")
        }
        let wordCount = Double(total.words[Int(script.rawValue)])
        let shares =
            "\(seen); function words of \(name(best)) are \(percent(best.share)) of the words, of \(name(second)) "
            + percent(second.share)
        let minimum = language.name == "english" ? Self.englishWordShare : Self.wordShare
        let lead = best.score - second.score
        guard best.score >= minimum || lead >= Self.lead.wideShare else {
            return .undecided("\(shares): too few to tell the language")
        }
        if let mixed = rival(to: language.name, writing) { return mixed }
        let mine = words(of: best, not: second)
        let theirs = words(of: second, not: best)
        guard lead >= Self.lead.share, lead * wordCount >= Self.lead.words, mine >= 2 * theirs else {
            return .undecided("\(shares): no clear lead")
        }
        guard language.hasProfile else { return .undecided("\(shares): no profile for it") }
        return LanguageGuess(
            profile: language.name, confidence: share * Double(mine - theirs) / Double(max(mine, 1)), evidence: shares)
    }

    /// The guess `icu` where passages in other languages are too many.
    private func rival(to language: String, _ writing: Writing) -> LanguageGuess? {
        let decided = votes.filter { $0.key != .writing(writing) }
        let all = decided.values.reduce(0, +)
        let mine = decided[.language(language)] ?? 0
        guard Double(all - mine) > Self.rivalShare * Double(all) else { return nil }
        let shares = decided.sorted { ($0.value, $1.key.name) > ($1.value, $0.key.name) }.prefix(3)
            .map { "\($0.key.name) \(percent(Double($0.value) / Double(all)))" }
        return .undecided("mixed: \(shares.joined(separator: ", ")) of the passages that tell their language")
    }

    /// How many words are function words of one language and not of the other.
    private func words(of one: LanguageEvidence.Candidate, not other: LanguageEvidence.Candidate) -> Int {
        var count = 0
        for (set, number) in zip(FunctionWords.shared.sets, wordSets)
        where set >> UInt64(one.language) & 1 == 1 && set >> UInt64(other.language) & 1 == 0 { count += number }
        return count
    }

    private func name(_ candidate: LanguageEvidence.Candidate) -> String {
        LanguageVerdict.language(DetectableLanguage.all[candidate.language].name).name
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
