/// Command-line arguments, taken out one by one; what is left over is an error.
struct Arguments {
    private(set) var positional: [String] = []
    private var options: [(name: String, value: String)] = []
    private var flags: [String] = []

    private static let flagNames = ["--json", "--help"]

    init(_ words: [String]) throws {
        var index = 0
        while index < words.count {
            let word = words[index]
            if Self.flagNames.contains(word) {
                flags.append(word)
            } else if word.hasPrefix("-") {
                index += 1
                guard index < words.count else { throw Failure("\(word) needs a value") }
                options.append((word, words[index]))
            } else {
                positional.append(word)
            }
            index += 1
        }
    }

    mutating func flag(_ name: String) -> Bool {
        let found = flags.contains(name)
        flags.removeAll { $0 == name }
        return found
    }

    mutating func value(_ name: String) -> String? {
        guard let place = options.lastIndex(where: { $0.name == name }) else { return nil }
        return options.remove(at: place).value
    }

    mutating func number<Number: LosslessStringConvertible & Comparable & ExpressibleByIntegerLiteral>(
        _ name: String, default standard: Number
    ) throws -> Number {
        guard let text = value(name) else { return standard }
        guard let number = Number(text), number >= 0 else { throw Failure("\(name) \(text) is not a number") }
        return number
    }

    func finish(positional count: ClosedRange<Int>) throws {
        if let option = options.first { throw Failure("\(option.name) is unknown") }
        if !count.contains(positional.count) { throw Failure("\(positional.count) arguments where \(count) go") }
    }
}
