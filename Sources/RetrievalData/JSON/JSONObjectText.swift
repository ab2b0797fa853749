/// A JSON object on one line that grows field by field; the keys are ours and need no escapes.
struct JSONObjectText {
    private var text = "{"

    /// Adds a field whose value is JSON already.
    mutating func add(_ key: String, json: String) {
        begin(key)
        text += json
    }

    /// Adds a string.
    mutating func add(_ key: String, _ string: String) {
        begin(key)
        append(string)
    }

    /// Adds an array of strings.
    mutating func add(_ key: String, _ strings: [String]) {
        begin(key)
        text += "["
        for (place, string) in strings.enumerated() {
            if place > 0 { text += ", " }
            append(string)
        }
        text += "]"
    }

    /// Adds a number.
    mutating func add(_ key: String, _ number: Double) { add(key, json: JSONText.number(number)) }

    /// Adds an array of numbers.
    mutating func add(_ key: String, _ numbers: [Double]) {
        add(key, json: "[" + numbers.map(JSONText.number).joined(separator: ", ") + "]")
    }

    /// Adds an array of objects.
    mutating func add(_ key: String, _ objects: [JSONObjectText]) {
        add(key, json: "[" + objects.map(\.closed).joined(separator: ", ") + "]")
    }

    /// The whole object.
    var closed: String { text + "}" }

    /// The whole object with a line end.
    var line: String { text + "}\n" }

    private mutating func begin(_ key: String) {
        if text.utf8.count > 1 { text += ", " }
        text += "\""
        text += key
        text += "\": "
    }

    private mutating func append(_ string: String) {
        text += "\""
        text += JSONText.escaped(string)
        text += "\""
    }
}
