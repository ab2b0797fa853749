/// A parameter that a measure can take in parentheses, by its name in ir_measures.
public enum MeasureParameter: String, Sendable, Hashable, CaseIterable {
    /// The lowest grade that is relevant.
    case rel
    /// How a grade becomes a gain: `'log2'` for the grade itself, `'exp-log2'` for 2^grade − 1.
    case dcg
    /// The weight of recall against precision.
    case beta
    /// The persistence: how likely a reader goes on to the next document.
    case p
    /// Whether the value is divided by the best that a ranking of this length could have.
    case relative
    /// Whether documents without a grade of 0 or more are taken out of the ranking first.
    case judgedOnly = "judged_only"

    /// The form for help and error messages, such as `rel=n`.
    public var form: String {
        switch self {
        case .rel: "rel=n"
        case .dcg: "dcg='log2'|'exp-log2'"
        case .beta, .p: "\(rawValue)=x"
        case .relative, .judgedOnly: "\(rawValue)=True|False"
        }
    }
}

/// The values of a measure's parameters; those that a formula does not take keep their defaults.
struct MeasureParameters: Sendable, Hashable {
    /// What a grade is worth.
    enum Gain: String, Sendable, Hashable, CaseIterable {
        case linear = "log2"
        case exponential = "exp-log2"
    }

    /// nil for the formula's default.
    var rel: Int?
    var gain: Gain = .linear
    var beta = 1.0
    var persistence = 0.8
    var relative = false
    var judgedOnly = false

    /// Sets one parameter from its text; throws a `MeasureError` for measure `measure` if the text is no value of it.
    mutating func set(_ parameter: MeasureParameter, to text: Substring, in measure: String) throws {
        switch parameter {
        case .rel: rel = try MeasureGrammar.number(text, "rel", in: measure)
        case .dcg:
            let name = text.trimmingQuotes()
            guard let value = Gain(rawValue: String(name)) else {
                throw MeasureError(text: measure, problem: "dcg must be 'log2' or 'exp-log2', not '\(name)'")
            }
            gain = value
        case .beta: beta = try MeasureGrammar.real(text, "beta", in: 0...1e6, of: measure)
        case .p:
            persistence = try MeasureGrammar.real(text, "p", in: 0...1, of: measure)
            if persistence == 1 { throw MeasureError(text: measure, problem: "p must be below 1") }
        case .relative: relative = try MeasureGrammar.flag(text, "relative", in: measure)
        case .judgedOnly: judgedOnly = try MeasureGrammar.flag(text, "judged_only", in: measure)
        }
    }

    /// What differs from the defaults, in parentheses; empty where nothing does.
    var description: String {
        let standard = MeasureParameters()
        var parts: [String] = []
        if let rel { parts.append("rel=\(rel)") }
        if gain != standard.gain { parts.append("dcg='\(gain.rawValue)'") }
        if beta != standard.beta { parts.append("beta=\(beta)") }
        if persistence != standard.persistence { parts.append("p=\(persistence)") }
        if relative { parts.append("relative=True") }
        if judgedOnly { parts.append("judged_only=True") }
        return parts.isEmpty ? "" : "(\(parts.joined(separator: ",")))"
    }
}

extension Substring {
    /// Without one pair of single or double quotes around it.
    func trimmingQuotes() -> Substring {
        guard count >= 2, let quote = first, quote == "'" || quote == "\"", last == quote else { return self }
        return dropFirst().dropLast()
    }
}
