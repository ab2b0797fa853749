/// One input that no reader may accept, and what must be said of it.
public struct MalformedInput: Sendable, CustomStringConvertible {
    /// What the input pretends to be.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A corpus in any format.
        case corpus
        /// Queries.
        case queries
        /// Relevance judgements.
        case qrels
        /// A run.
        case run
        /// Mined negatives or other training rows.
        case training
    }

    /// What stands at the path.
    public enum Content: Sendable {
        /// A file of these bytes.
        case file([UInt8])
        /// A folder with nothing in it.
        case emptyFolder
        /// Nothing.
        case nothing
    }

    /// What is wrong, as a few words.
    public let name: String
    /// What the input pretends to be.
    public let kind: Kind
    /// The name of the file or folder.
    public let fileName: String
    /// What is there.
    public let content: Content
    /// The line that the first error must name; nil where the whole file is meant.
    public let line: Int?
    /// A part of the first error's description.
    public let fragment: String
    /// The exit code of a command that reads the input: 2 for bad data, 4 where nothing is there.
    public let exitCode: Int32

    /// The name.
    public var description: String { name }

    /// Writes the input into a folder and returns its path.
    public func write(into folder: TemporaryFolder) throws -> String {
        switch content {
        case .file(let bytes): try folder.write(fileName, bytes)
        case .emptyFolder: try folder.makeFolder(fileName)
        case .nothing: folder.path(fileName)
        }
    }
}
