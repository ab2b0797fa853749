/// What can be wrong with the fields that are asked for.
public enum FieldError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Names or weights break a rule; the text says which and what to give.
    case invalid(String)
    /// The index has no fields by name.
    case noFields(index: String)
    /// The index has no field of that name.
    case unknown(field: String, index: String, known: [String])

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .invalid(let text): text
        case .noFields(let index):
            "\(index): holds no fields by name; build it again with fields (decoy index --fields title,text)"
        case .unknown(let field, let index, let known):
            "\(index): has no field '\(field)'; it has \(known.joined(separator: ", "))"
        }
    }
}
