/// The ids of one input seen so far, to find empty, unusable and duplicate ones.
///
/// Memory: about 20 bytes an id besides its own. Canonically equivalent ids count as the same, as they would in every
/// dictionary of ids.
struct Identifiers {
    /// What the ids name: `document` or `query`.
    let noun: String
    private var seen = SeenIdentifiers()

    init(noun: String) { self.noun = noun }

    /// The number of distinct ids.
    var count: Int { seen.count }

    /// Checks an id and remembers it; returns whether it can be used.
    mutating func accept(_ id: String, line: Int, check: inout InputCheck) throws -> Bool {
        guard try Self.isUsable(id, noun: noun, line: line, check: &check) else { return false }
        if let first = seen.insert(id, line: line) {
            try check.report(
                line: line, "duplicate \(noun) id \(JSONText.quoted(id)), first seen on line \(first)",
                remedy: "give each \(noun) an id of its own, or remove one of the two")
            return false
        }
        return true
    }

    /// Checks that an id is not empty and can stand in a run file.
    static func isUsable(_ id: String, noun: String, line: Int, check: inout InputCheck) throws -> Bool {
        if id.isEmpty {
            try check.report(line: line, "empty \(noun) id", remedy: "give each \(noun) a non-empty id")
            return false
        }
        if !isPlain(id) {
            try check.report(
                line: line, "the \(noun) id \(JSONText.quoted(id)) holds white space or a control character",
                remedy: "replace it, for example by \"_\": run files separate their columns by white space")
            return false
        }
        return true
    }

    /// Whether a string holds neither white space nor control characters.
    static func isPlain(_ id: String) -> Bool {
        var isASCII = true
        for byte in id.utf8 {
            if byte <= 32 || byte == 127 { return false }
            if byte >= 128 { isASCII = false }
        }
        if isASCII { return true }
        return id.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.properties.generalCategory != .control }
    }
}
