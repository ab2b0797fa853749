import Essentials
import RetrievalData

/// The parameters of one request, read and checked against what its route takes.
struct Arguments: Sendable {
    private var values: [(name: String, value: String)] = []

    /// Reads the query of a URL (`application/x-www-form-urlencoded`).
    init(query: Substring, taking parameters: [Parameter]) throws(Problem) {
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap({ PercentEncoding.decoded($0, isForm: true) }),
                let value = parts.count > 1 ? PercentEncoding.decoded(parts[1], isForm: true) : ""
            else { throw .badRequest("the query of the URL is not percent-encoded UTF-8") }
            values.append((name, value))
        }
        try check(parameters)
    }

    /// Reads the fields of a JSON object; values are strings, numbers, truth values or arrays of strings.
    init(body: [UInt8], taking parameters: [Parameter]) throws(Problem) {
        guard let fields = try? JSONDecoder().decode([String: Field].self, from: Data(body)) else {
            throw .badRequest("the body is no JSON object of strings, numbers and truth values")
        }
        for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                throw Self.unknown(name, parameters)
            }
            guard field.suits(parameter) else {
                throw .badRequest("\(name): the value has another type than the parameter")
            }
            values += field.texts.map { (name, $0) }
        }
        try check(parameters)
    }

    /// Text; nil where it was not given.
    func text(_ name: StaticString) -> String? { first(name) }

    /// Every value of a parameter that may be given more than once.
    func texts(_ name: StaticString) -> [String] { values.filter { $0.name == name.description }.map(\.value) }

    /// A whole number, checked already.
    func integer(_ name: StaticString) -> Int? { first(name).flatMap { Int($0) } }

    /// A number, checked already.
    func number(_ name: StaticString) -> Double? { first(name).flatMap { Double($0) } }

    /// Whether a flag is set.
    func flag(_ name: StaticString) -> Bool { first(name) == "true" }

    /// Text that the route can't do without, checked already.
    func required(_ name: StaticString) throws(Problem) -> String {
        guard let value = first(name) else { throw .badRequest("\(name) is missing") }
        return value
    }

    private func first(_ name: StaticString) -> String? {
        name.withUTF8Buffer { wanted in values.first { $0.name.utf8.elementsEqual(wanted) }?.value }
    }

    private func check(_ parameters: [Parameter]) throws(Problem) {
        for (name, value) in values {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                throw Self.unknown(name, parameters)
            }
            try parameter.check(value)
        }
        for parameter in parameters where parameter.isRequired || values.count > 1 {
            let count = values.count { $0.name == parameter.name }
            guard count > 0 || !parameter.isRequired else { throw .badRequest("\(parameter.name) is missing") }
            guard count <= parameter.limit else {
                throw .badRequest("\(parameter.name): is given \(count) times; at most \(parameter.limit) may be")
            }
        }
    }

    private static func unknown(_ name: String, _ parameters: [Parameter]) -> Problem {
        let known = parameters.isEmpty ? "takes none" : "takes " + parameters.map(\.name).joined(separator: ", ")
        return .badRequest("parameter \(Parameter.shown(name)) is unknown; this address \(known)")
    }
}

/// One field of a JSON body.
private enum Field: Decodable {
    case text(String)
    case integer(Int)
    case number(Double)
    case truth(Bool)
    case list([String])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let truth = try? value.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? value.decode(Int.self) {
            self = .integer(number)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try value.decode([String].self))
        }
    }

    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .integer(let number): [String(number)]
        case .number(let number): [number.description]
        case .truth(let truth): [truth ? "true" : "false"]
        case .list(let texts): texts
        }
    }

    /// Whether the JSON type is that of a parameter.
    func suits(_ parameter: Parameter) -> Bool {
        switch (parameter.kind, self) {
        case (.text, .text), (.choice, .text), (.integer, .integer), (.number, .integer), (.number, .number),
            (.flag, .truth):
            parameter.limit == 1
        case (.text, .list): parameter.limit > 1
        default: false
        }
    }
}
