/// What happens to a text before it is cut into tokens; offsets of tokens stay those of the text as it was.
///
/// In JSON `"html"`, or `{"mapping": {"&": " and ", "c++": "cplusplus"}}`.
public enum CharacterFilter: Sendable, Hashable {
    /// Tags, comments, scripts and styles of HTML are left out, and character references replaced by their characters.
    case html
    /// Strings are replaced by others, the longest that begins at a place first; what was put in is not looked at again.
    case mapping([String: String])

    /// The kind of filter, as JSON has it.
    public var name: String {
        switch self {
        case .html: "html"
        case .mapping: "mapping"
        }
    }
}

extension CharacterFilter: CustomStringConvertible {
    /// The filter for a person: its name, and what it was given.
    public var description: String {
        switch self {
        case .html: "html"
        case .mapping(let pairs): "mapping(\(pairs.count) strings)"
        }
    }
}

extension CharacterFilter: Codable {
    private enum Kind: String, CodingKey, CaseIterable { case html, mapping }

    /// Reads a name, or an object of one member.
    public init(from decoder: any Decoder) throws {
        let known = Kind.allCases.map(\.rawValue)
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            guard name == Kind.html.rawValue else {
                throw UnknownName.error(name, "character filter", known: known, at: decoder.codingPath)
            }
            self = .html
            return
        }
        try UnknownName.check(decoder, "character filter", known: [Kind.mapping.rawValue])
        let pairs = try decoder.container(keyedBy: Kind.self).decode([String: String].self, forKey: .mapping)
        if pairs.keys.contains("") {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a mapping replaces the empty string; leave it out"))
        }
        self = .mapping(pairs)
    }

    /// Writes the form that is read.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .html:
            var value = encoder.singleValueContainer()
            try value.encode(Kind.html.rawValue)
        case .mapping(let pairs):
            var values = encoder.container(keyedBy: Kind.self)
            try values.encode(pairs, forKey: .mapping)
        }
    }
}
