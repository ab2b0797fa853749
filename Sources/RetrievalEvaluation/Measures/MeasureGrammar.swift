/// Reads measures: `Name`, `Name@k`, `Name(rel=n)@k`, or a name of trec_eval with `_k` or `.k`.
enum MeasureGrammar {
    static func measure(_ text: String) throws -> Measure {
        let measures = try list(text)
        guard let first = measures.first, measures.count == 1 else {
            throw MeasureError(text: text, problem: measures.isEmpty ? "is empty" : "names more than one measure")
        }
        return first
    }

    static func list(_ text: String) throws -> [Measure] {
        var measures: [Measure] = []
        for item in items(text) {
            for measure in try readItem(item) where !measures.contains(measure) { measures.append(measure) }
        }
        return measures
    }

    /// Splits at white space and at commas outside parentheses, but not at the commas between trec_eval's cut-offs.
    private static func items(_ text: String) -> [String] {
        var items: [String] = []
        var current = ""
        var depth = 0
        let characters = Array(text)
        for (place, character) in characters.enumerated() {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            let next = place + 1 < characters.count ? characters[place + 1] : " "
            let listsCutoffs = character == "," && (next.isNumber && next.isASCII)
            if (character.isWhitespace && depth <= 0) || (character == "," && depth <= 0 && !listsCutoffs) {
                if !current.isEmpty { items.append(current) }
                current = ""
            } else if !character.isWhitespace {
                current.append(character)
            }
        }
        if !current.isEmpty { items.append(current) }
        return items
    }

    private static func readItem(_ text: String) throws -> [Measure] {
        if let measures = try TrecEvalName.measures(text) { return measures }
        var rest = text[...]
        var cutoff: Int?
        if let at = rest.lastIndex(of: "@") {
            cutoff = try number(rest[rest.index(after: at)...], "the cut-off", in: text)
            rest = rest[..<at]
        }
        var arguments: Substring = ""
        if let open = rest.firstIndex(of: "(") {
            guard rest.last == ")" else { throw MeasureError(text: text, problem: "has no ')' before '@' or the end") }
            arguments = rest[rest.index(after: open)...].dropLast()
            rest = rest[..<open]
        }
        guard let formula = formula(named: rest) else { throw MeasureError(text: text, problem: "is not known") }
        var minimumGrade = 1
        for argument in arguments.split(separator: ",") {
            let sides = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, sides[0] == "rel", formula.acceptsMinimumGrade else {
                let accepted = formula.acceptsMinimumGrade ? "only rel=n is" : "\(formula.name) takes none"
                throw MeasureError(
                    text: text, problem: "has the unknown parameter '\(argument)' (\(accepted) accepted)")
            }
            minimumGrade = try number(sides[1], "rel", in: text)
        }
        if formula.needsCutoff && cutoff == nil {
            throw MeasureError(text: text, problem: "needs a cut-off, as in \(formula.name)@10")
        }
        return [Measure(formula: formula, cutoff: cutoff, minimumGrade: minimumGrade)]
    }

    /// A formula by its name; upper and lower case do not matter where the exact name is not found.
    private static func formula(named name: Substring) -> (any MeasureFormula.Type)? {
        for formula in MeasureCatalog.all where formula.name == name || formula.aliases.contains(String(name)) {
            return formula
        }
        let folded = name.lowercased()
        return MeasureCatalog.all.first { formula in
            ([formula.name] + formula.aliases).contains { $0.lowercased() == folded }
        }
    }

    static func number(_ text: Substring, _ what: String, in measure: String) throws -> Int {
        guard let number = Int(text), number > 0, text.first != "+" else {
            throw MeasureError(text: measure, problem: "\(what) must be a positive whole number, not '\(text)'")
        }
        return number
    }
}
