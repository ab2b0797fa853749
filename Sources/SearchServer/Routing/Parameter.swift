/// What a route takes by name: in the query of a URL, or as a field of a JSON body.
struct Parameter: Sendable {
    /// What its value may be.
    enum Kind: Sendable {
        /// Text of 1 to so many Unicode scalars, as JSON Schema counts.
        case text(limit: Int)
        /// A whole number.
        case integer(ClosedRange<Int>)
        /// A number.
        case number(ClosedRange<Double>)
        /// `true` or `false`.
        case flag
        /// One of some words.
        case choice([String])
    }

    var name: String
    var kind: Kind
    /// Whether a request without it can't be answered.
    var isRequired = false
    /// How often it may be given.
    var limit = 1

    /// Throws a `Problem` where a value can't be taken.
    func check(_ value: String) throws(Problem) {
        switch kind {
        case .text(let limit):
            let length = value.unicodeScalars.count
            guard length <= limit else {
                throw .badRequest("\(name): is \(length) characters long; at most \(limit) are taken")
            }
            guard length > 0 || !isRequired else { throw .badRequest("\(name): is empty") }
        case .integer(let range):
            guard let number = Int(value) else {
                throw .badRequest("\(name): \(Self.shown(value)) is no whole number")
            }
            guard range.contains(number) else {
                throw .badRequest("\(name): \(number) is out of range; give \(range.lowerBound) to \(range.upperBound)")
            }
        case .number(let range):
            guard let number = Double(value), number.isFinite else {
                throw .badRequest("\(name): \(Self.shown(value)) is no number")
            }
            guard range.contains(number) else {
                throw .badRequest("\(name): \(number) is out of range; give \(range.lowerBound) to \(range.upperBound)")
            }
        case .flag:
            guard value == "true" || value == "false" else {
                throw .badRequest("\(name): \(Self.shown(value)) is neither true nor false")
            }
        case .choice(let words):
            guard words.contains(value) else {
                throw .badRequest("\(name): \(Self.shown(value)) is unknown; give \(words.joined(separator: ", "))")
            }
        }
    }

    /// A value for a message: quoted, and not longer than people read.
    static func shown(_ value: String) -> String {
        value.count > 60 ? "\"\(value.prefix(60))…\"" : "\"\(value)\""
    }
}
