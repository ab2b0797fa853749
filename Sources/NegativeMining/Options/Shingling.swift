/// What texts are cut into for comparing: all runs of so many words or characters, which overlap; a shorter text is one run.
public struct Shingling: Sendable, Hashable, Codable {
    /// What a run consists of.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        /// Words: letters and digits without anything between; for languages that write spaces.
        case words
        /// Unicode scalars, white space as one space; for every language.
        case characters
    }

    /// What a run consists of.
    public var unit: Unit
    /// How many of them.
    public var length: Int

    /// Runs of so many units.
    public init(unit: Unit, length: Int) {
        self.unit = unit
        self.length = length
    }

    /// Runs of so many words.
    public static func words(_ length: Int) -> Shingling { Shingling(unit: .words, length: length) }

    /// Runs of so many characters.
    public static func characters(_ length: Int) -> Shingling { Shingling(unit: .characters, length: length) }
}
