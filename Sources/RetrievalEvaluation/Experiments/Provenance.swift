import RetrievalData

/// What is needed to repeat an experiment; no dates and no machine paths, so that a repeated run gives the same bytes.
public struct Provenance: Sendable, Hashable, Codable {
    /// The version of the program.
    public var version: String
    /// The command as it was given.
    public var command: String
    /// Versions of what has an influence, such as the analyzer or ICU, by name.
    public var versions: [String: String]
    /// Hashes of input files by name.
    public var inputs: [String: String]
    /// All options.
    public var options: JSONTree?

    /// Provenance from its parts.
    public init(
        version: String = "", command: String = "", versions: [String: String] = [:], inputs: [String: String] = [:],
        options: JSONTree? = nil
    ) {
        self.version = version
        self.command = command
        self.versions = versions
        self.inputs = inputs
        self.options = options
    }
}
