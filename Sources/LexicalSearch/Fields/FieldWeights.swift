/// Searchable fields by name, each with its weight in BM25F.
///
/// A document's weighted frequency of a term is the sum of weight · frequency over the fields, its weighted length likewise: `FieldScorer` has
/// the formula and its source. A name is `title`, `text`, or a key of the documents' metadata (at its top, or else in an object `metadata` within it) whose value is a
/// string or an array of strings. It has 1 to 64 ASCII letters, digits, `_` and `-`; no two are alike but for case. Weights lie in
/// 0...1000 and are not all 0.
public struct FieldWeights: Sendable, Hashable {
    /// One field.
    public struct Field: Codable, Sendable, Hashable {
        /// The field's name.
        public var name: String
        /// What an occurrence in it counts.
        public var weight: Double

        /// A field from its parts.
        public init(_ name: String, weight: Double = 1) {
            self.name = name
            self.weight = weight
        }
    }

    /// The fields in their order, at least one and at most `maximumCount`.
    public let fields: [Field]

    /// The largest number of fields.
    static let maximumCount = 16
    /// The largest weight.
    public static let maximumWeight = 1000.0

    /// Weights of these fields; throws `FieldError.invalid`.
    public init(_ fields: [Field]) throws {
        guard (1...Self.maximumCount).contains(fields.count) else {
            throw FieldError.invalid("\(fields.count) fields; give 1 to \(Self.maximumCount)")
        }
        var known: Set<String> = []
        for field in fields {
            try Self.check(field)
            if !known.insert(field.name.lowercased()).inserted {
                throw FieldError.invalid("the field '\(field.name)' stands twice; names must differ in more than case")
            }
        }
        guard fields.contains(where: { $0.weight > 0 }) else {
            throw FieldError.invalid("every weight is 0; give one field a weight above 0")
        }
        self.fields = fields
    }

    /// Weights as they are written: names between commas, each with `=` and its weight unless that is 1, such as `title=2,text`.
    public init(parsing text: String) throws {
        try self.init(
            text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let name = sides[0].trimmingSpaces
                guard sides.count == 2 else { return Field(name) }
                guard let weight = Double(sides[1].trimmingSpaces) else {
                    throw FieldError.invalid("'\(sides[1])' is no weight of the field '\(name)'; give a number")
                }
                return Field(name, weight: weight)
            })
    }

    /// The names in their order.
    public var names: [String] { fields.map(\.name) }

    private static func check(_ field: Field) throws {
        let name = field.name
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, (1...64).contains(name.utf8.count) else {
            throw FieldError.invalid(
                "'\(name.prefix(80))' cannot be a field's name; give 1 to 64 letters, digits, '_' or '-'")
        }
        if name.lowercased() == Manifest.contentsField {
            throw FieldError.invalid(
                "'\(name)' is what an index without fields searches; name title and text, or leave fields out")
        }
        guard field.weight >= 0, field.weight <= maximumWeight else {
            throw FieldError.invalid(
                "the field '\(name)' has the weight \(field.weight); give 0 to \(Int(maximumWeight))")
        }
    }
}

/// A list of names and weights; reading one that breaks the rules throws.
extension FieldWeights: Codable {
    /// The weights that a list spells; throws where they break a rule.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.singleValueContainer().decode([Field].self)
        do {
            try self.init(fields)
        } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
        }
    }

    /// Writes the list.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fields)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
