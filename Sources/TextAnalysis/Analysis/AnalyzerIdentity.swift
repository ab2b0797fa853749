/// Everything that decides which terms a text gives: stored with an index and compared when it is searched.
public struct AnalyzerIdentity: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The options.
    public var options: AnalyzerOptions
    /// ICU's version, such as `72.1`.
    public var icuVersion: String
    /// The version of Unicode that ICU implements, such as `15.0`.
    public var unicodeVersion: String
    /// The version of this module's pipeline: raised whenever the same options would give other terms.
    public var version: Int

    /// The pipeline version of this build.
    public static let currentVersion = 2

    /// An identity from its parts.
    public init(options: AnalyzerOptions, icuVersion: String, unicodeVersion: String, version: Int = currentVersion) {
        self.options = options
        self.icuVersion = icuVersion
        self.unicodeVersion = unicodeVersion
        self.version = version
    }

    /// Reads the stored form.
    ///
    /// Of another pipeline version only the name is read: its options may have another form, and its terms are refused in any case.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        icuVersion = try values.decode(String.self, forKey: .icuVersion)
        unicodeVersion = try values.decode(String.self, forKey: .unicodeVersion)
        version = try values.decode(Int.self, forKey: .version)
        if version == Self.currentVersion {
            options = try values.decode(AnalyzerOptions.self, forKey: .options)
        } else {
            options = AnalyzerOptions(name: try values.decode(Name.self, forKey: .options).name)
        }
    }

    private struct Name: Codable {
        var name: String
    }

    /// How well terms of two analyzers go together.
    public enum Compatibility: Sendable, Hashable {
        /// The same text gives the same terms.
        case compatible
        /// The same ASCII text gives the same terms; other text may not, for the stated reason. Worth a warning.
        case limited(reason: String)
        /// The terms differ, for the stated reason. An error.
        case incompatible(reason: String)
    }

    /// How well terms of this analyzer (of the index) go with those of another (of the query).
    public func compatibility(with other: AnalyzerIdentity) -> Compatibility {
        if version != other.version {
            return .incompatible(
                reason: "the analysis pipeline is version \(version) in one and \(other.version) in the other")
        }
        if let field = differingOption(other.options) {
            return .incompatible(reason: "the analyzers differ in \(field)")
        }
        if icuVersion != other.icuVersion || unicodeVersion != other.unicodeVersion, options.dependsOnICU {
            return .limited(
                reason: "ICU is \(icuVersion) (Unicode \(unicodeVersion)) in one and "
                    + "\(other.icuVersion) (Unicode \(other.unicodeVersion)) in the other; only ASCII text is sure to give the same terms"
            )
        }
        return .compatible
    }

    private func differingOption(_ other: AnalyzerOptions) -> String? {
        let mine = options
        func differ(_ field: String, _ a: String, _ b: String) -> String? { a == b ? nil : "\(field): \(a) and \(b)" }
        return differ(
            "character filters", "\(mine.characterFilters.map(\.name))", "\(other.characterFilters.map(\.name))")
            ?? differ("tokenizer", mine.tokenizer.rawValue, other.tokenizer.rawValue)
            ?? differ("segmentation", mine.segmentation.rawValue, other.segmentation.rawValue)
            ?? differ("filters", "\(mine.filters)", "\(other.filters)")
            ?? differ("maximum token length", "\(mine.maximumTokenLength)", "\(other.maximumTokenLength)")
            ?? differ("name", mine.name, other.name)
            ?? (mine == other ? nil : "the words or mappings of their filters")
    }

    /// The name, the pipeline version and ICU's.
    public var description: String {
        "\(options.name), pipeline \(version), ICU \(icuVersion), Unicode \(unicodeVersion)"
    }
}
