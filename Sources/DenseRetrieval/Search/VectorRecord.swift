/// What the `decoy.json` of a vector folder says.
public struct VectorRecord: Sendable, Hashable, Codable {
    /// Always `decoy vectors`.
    public var format = Self.format
    /// The version of the folder's form.
    public var version = Self.version
    /// The version of the program that wrote it; empty where unknown.
    public var program = ""
    /// The number of vectors.
    public var rows = 0
    /// The length of the vectors.
    public var dimension = 0
    /// The model that made the vectors.
    public var model: ModelIdentity
    /// The files of the folder with their sizes and checksums.
    public var files: [String: FileRecord] = [:]

    static let format = "decoy vectors"
    static let version = 1
}
