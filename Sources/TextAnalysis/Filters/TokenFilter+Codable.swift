extension TokenFilter: Codable {
    private enum Kind: String, CodingKey, CaseIterable { case elision, stop, protect, stem, truncate, synonyms, length }

    private enum Bounds: String, CodingKey, CaseIterable { case minimum, maximum }

    /// Reads a folding's name, or an object of one member.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            guard let folding = Folding(rawValue: name) else {
                throw UnknownName.error(name, "filter", known: Self.knownNames, at: decoder.codingPath)
            }
            self = .fold(folding)
            return
        }
        let members = try decoder.container(keyedBy: AnyKey.self)
        guard members.allKeys.count == 1, let key = members.allKeys.first else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a filter is a name, or an object of one member such as {\"stem\": \"german\"}"))
        }
        guard let kind = Kind(rawValue: key.stringValue) else {
            throw UnknownName.error(key.stringValue, "filter", known: Self.knownNames, at: decoder.codingPath)
        }
        let values = try decoder.container(keyedBy: Kind.self)
        switch kind {
        case .elision: self = .elision(try values.decode(ElidedArticles.self, forKey: kind))
        case .stop: self = .stop(try values.decode(StopWords.self, forKey: kind))
        case .protect: self = .protect(try values.decode([String].self, forKey: kind))
        case .stem: self = .stem(try values.decode(String.self, forKey: kind))
        case .truncate: self = .truncate(try values.decode(Int.self, forKey: kind))
        case .synonyms: self = .synonyms(try values.decode([SynonymRule].self, forKey: kind))
        case .length:
            let bounds = try values.nestedContainer(keyedBy: Bounds.self, forKey: kind)
            self = .length(
                minimum: try bounds.decodeIfPresent(Int.self, forKey: .minimum) ?? 1,
                maximum: try bounds.decodeIfPresent(Int.self, forKey: .maximum) ?? 255)
        }
    }

    /// Writes the form that is read.
    public func encode(to encoder: any Encoder) throws {
        if case .fold(let folding) = self {
            var value = encoder.singleValueContainer()
            return try value.encode(folding)
        }
        var values = encoder.container(keyedBy: Kind.self)
        switch self {
        case .fold: break
        case .elision(let articles): try values.encode(articles, forKey: .elision)
        case .stop(let words): try values.encode(words, forKey: .stop)
        case .protect(let words): try values.encode(words, forKey: .protect)
        case .stem(let algorithm): try values.encode(algorithm, forKey: .stem)
        case .truncate(let count): try values.encode(count, forKey: .truncate)
        case .synonyms(let rules): try values.encode(rules, forKey: .synonyms)
        case .length(let minimum, let maximum):
            var bounds = values.nestedContainer(keyedBy: Bounds.self, forKey: .length)
            try bounds.encode(minimum, forKey: .minimum)
            try bounds.encode(maximum, forKey: .maximum)
        }
    }
}

/// Any key of an object, to find those that nobody knows.
struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// An error for a name that is not known, with those that are.
enum UnknownName {
    static func error(_ name: String, _ what: String, known: [String], at path: [any CodingKey]) -> DecodingError {
        .dataCorrupted(
            .init(
                codingPath: path,
                debugDescription: "unknown \(what) \"\(name)\"; known are \(known.joined(separator: ", "))"))
    }

    /// Throws where an object has a key that is not among the known ones.
    static func check(_ decoder: any Decoder, _ what: String, known: [String]) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw error(key.stringValue, what, known: known, at: decoder.codingPath)
        }
    }
}
