/// The profile for a text, how sure that is, and why.
public struct LanguageGuess: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The name of the profile: a language, or `icu` where the text is mixed, of a language without a profile, or too short to tell.
    public var profile: String
    /// How sure that is, 0 to 1; 0 where the profile is `icu`.
    ///
    /// The share of the letters that are of the language's script, times `(a − b) / a` where the script has other languages: `a`
    /// words are function words of the language and not of the next one, `b` of the next one and not of the language.
    public var confidence: Double
    /// What was seen, in a sentence for a person.
    public var evidence: String

    /// A guess from its parts.
    public init(profile: String, confidence: Double, evidence: String) {
        self.profile = profile
        self.confidence = confidence
        self.evidence = evidence
    }

    /// The profile and the evidence.
    public var description: String { "\(profile) (\(evidence))" }

    /// No language was found.
    static func undecided(_ evidence: String) -> LanguageGuess {
        LanguageGuess(profile: "icu", confidence: 0, evidence: evidence)
    }
}
