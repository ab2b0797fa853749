import Essentials

/// The two streams of the program: results on standard output, everything else on standard error.
enum Console {
    /// Whether standard error is a terminal that can redraw a line.
    static let errorIsTerminal =
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    /// Whether standard output may be coloured: a terminal, and NO_COLOR is not set.
    static let outputIsColoured =
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
        && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    /// Writes results; a closed pipe ends the program quietly.
    static func output(_ text: String, terminator: String = "\n") {
        write(text + terminator, to: STDOUT_FILENO)
    }

    /// Writes a message.
    static func message(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    /// Writes an error, with the program's name before each line.
    static func error(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { message("decoy: \(line)") }
    }

    /// Sends what is buffered.
    static func flush() { fflush(nil) }

    /// Bold text where standard output is coloured.
    static func bold(_ text: String) -> String { outputIsColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// A text that moves no cursor: white space becomes a space, and other control characters U+FFFD.
    static func printable(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            scalars.append(scalar.properties.isWhitespace ? " " : isControl ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }

    /// Rewrites the current line of the terminal on standard error.
    static func redraw(_ text: String) { write("\r\u{1B}[K" + text, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Essentials.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    // A closed pipe (EPIPE) means that nobody reads on: stop without complaint.
                    if descriptor == STDOUT_FILENO { exit(errno == EPIPE ? 0 : ExitStatus.inputOutput.rawValue) }
                    return
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }
}
