/// Reads measures: `Name`, `Name@k`, `Name(rel=n,…)@k`, or a name of trec_eval with `_k` or `.k`.
enum MeasureGrammar {
    static func measure(_ text: String) throws -> Measure {
        let measures = try list(text)
        guard let first = measures.first else { throw MeasureError.unknown(text, problem: "is empty") }
        if measures.count > 1 { throw MeasureError(text: text, problem: "names more than one measure; name one") }
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
            let listsCutoffs = character == "," && beginsNumber(characters[(place + 1)...])
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

    /// Whether digits and points alone stand before the next comma or white space.
    private static func beginsNumber(_ characters: ArraySlice<Character>) -> Bool {
        let word = characters.prefix { $0 != "," && !$0.isWhitespace }
        return !word.isEmpty && word.allSatisfy { $0 == "." || ($0.isASCII && $0.isNumber) }
    }

    private static func readItem(_ text: String) throws -> [Measure] {
        if let measures = try TrecEvalName.measures(text) { return measures }
        var rest = text[...]
        var position: Substring?
        if let at = rest.lastIndex(of: "@") {
            position = rest[rest.index(after: at)...]
            rest = rest[..<at]
        }
        var arguments: Substring = ""
        if let open = rest.firstIndex(of: "(") {
            guard rest.last == ")" else { throw MeasureError(text: text, problem: "has no ')' before '@' or the end") }
            arguments = rest[rest.index(after: open)...].dropLast()
            rest = rest[..<open]
        }
        guard let (formula, preset) = formula(named: rest) else {
            throw MeasureError.unknown(text)
        }
        let parameters = try read(arguments, formula: formula, preset: preset, in: text)
        return [try measure(formula, parameters: parameters, position: position, in: text)]
    }

    private static func read(
        _ arguments: Substring, formula: any MeasureFormula.Type, preset: MeasureParameters, in text: String
    ) throws -> MeasureParameters {
        var parameters = preset
        for argument in arguments.split(separator: ",") {
            let sides = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let parameter = MeasureParameter(rawValue: String(sides[0]))
            guard sides.count == 2, let parameter, formula.parameters.contains(parameter) else {
                let accepted = formula.parameters.map(\.form).joined(separator: ", ")
                let hint = accepted.isEmpty ? "\(formula.name) takes none" : "\(formula.name) takes \(accepted)"
                throw MeasureError(text: text, problem: "has the unknown parameter '\(argument)' (\(hint))")
            }
            try parameters.set(parameter, to: sides[1], in: text)
        }
        return parameters
    }

    /// A measure of a formula, with what stands behind `@` or behind trec_eval's name.
    static func measure(
        _ formula: any MeasureFormula.Type, parameters: MeasureParameters, position: Substring?, in text: String
    ) throws -> Measure {
        switch (formula.position, position) {
        case (.none, nil), (.cutoff, nil): return Measure(formula: formula, parameters: parameters)
        case (.cutoff, let place?), (.requiredCutoff, let place?):
            let cutoff = try number(place, "the cut-off", in: text)
            return Measure(formula: formula, cutoff: cutoff, parameters: parameters)
        case (.recall, let place?):
            let recall = try real(place, "the level of recall", in: 0...1, of: text)
            return Measure(formula: formula, recall: recall, parameters: parameters)
        case (.none, _?): throw MeasureError(text: text, problem: "has a cut-off; \(formula.name) takes none")
        case (.requiredCutoff, nil):
            throw MeasureError(text: text, problem: "needs a cut-off, as in \(formula.name)@10")
        case (.recall, nil):
            throw MeasureError(text: text, problem: "needs a level of recall, as in \(formula.name)@0.5")
        }
    }

    /// A formula by its name; upper and lower case do not matter where the exact name is not found.
    private static func formula(named name: Substring) -> (any MeasureFormula.Type, MeasureParameters)? {
        func find(_ matches: (String) -> Bool) -> (any MeasureFormula.Type, MeasureParameters)? {
            for formula in MeasureCatalog.all {
                if matches(formula.name) || formula.aliases.contains(where: matches) { return (formula, .init()) }
                if let preset = formula.presets.first(where: { matches($0.name) }) {
                    return (formula, preset.parameters)
                }
            }
            return nil
        }
        let folded = name.lowercased()
        return find { $0 == name } ?? find { $0.lowercased() == folded }
    }

    static func number(_ text: Substring, _ what: String, in measure: String) throws -> Int {
        guard let number = Int(text), number > 0, text.first != "+" else {
            throw MeasureError(text: measure, problem: "\(what) must be a positive whole number, not '\(text)'")
        }
        return number
    }

    static func real(_ text: Substring, _ what: String, in range: ClosedRange<Double>, of measure: String) throws
        -> Double
    {
        guard let first = text.first, first == "." || first.isNumber, let number = Double(text), range.contains(number)
        else {
            let limits = "\(range.lowerBound) to \(range.upperBound)"
            throw MeasureError(text: measure, problem: "\(what) must be a number from \(limits), not '\(text)'")
        }
        return number
    }

    static func flag(_ text: Substring, _ what: String, in measure: String) throws -> Bool {
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw MeasureError(text: measure, problem: "\(what) must be True or False, not '\(text)'")
        }
    }
}
