/// Joins an option with a negative number after it (`-k -3` becomes `-k=-3`), which the argument parser would take for another option.
///
/// The option then says which values it takes, instead of lacking one.
enum NegativeNumbers {
    static func joined(_ arguments: [String]) throws -> [String] {
        guard arguments.contains(where: isNegativeNumber) else { return arguments }
        let (path, _) = try CommandDescription.root().command(namedBy: arguments)
        guard let command = path.last else { return arguments }
        var result: [String] = []
        for (place, argument) in arguments.enumerated() {
            if isNegativeNumber(argument), let last = result.last, command.option(last)?.kind == .option,
                !arguments.prefix(place).contains("--")
            {
                result[result.count - 1] = last + "=" + argument
            } else {
                result.append(argument)
            }
        }
        return result
    }

    private static func isNegativeNumber(_ argument: String) -> Bool {
        guard argument.hasPrefix("-"), let next = argument.dropFirst().first else { return false }
        return (next.isASCII && next.isNumber || next == ".") && Double(argument) != nil
    }
}
