import ArgumentParser
import Essentials

/// Single keys of the terminal at standard input: no line end is needed, and nothing is echoed.
///
/// The terminal is as it was before after `restore()`, which the end of the object calls too. Ctrl-C goes on being a signal; work that waits
/// for keys stands within `Interruption.deferred`, so that the terminal is restored first.
final class TerminalKeys {
    /// A key that was pressed.
    enum Key: Hashable {
        case character(Character)
        case right
        case down
        /// A key without a meaning here.
        case other
    }

    private var saved = termios()
    private var isRestored = false

    /// Whether keys can be read: standard input and output are a terminal.
    static var areAvailable: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Takes the terminal over; nil where that is not possible.
    init?() {
        guard Self.areAvailable, tcgetattr(STDIN_FILENO, &saved) == 0 else { return nil }
        var single = saved
        single.c_lflag &= ~tcflag_t(ICANON | ECHO)
        withUnsafeMutableBytes(of: &single.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        guard tcsetattr(STDIN_FILENO, TCSADRAIN, &single) == 0 else { return nil }
    }

    deinit { restore() }

    /// Gives the terminal back as it was.
    func restore() {
        if isRestored { return }
        isRestored = true
        tcsetattr(STDIN_FILENO, TCSADRAIN, &saved)
    }

    /// Waits for a key; nil at the end of the input.
    ///
    /// Throws the exit code where the program is asked to end.
    func next() throws -> Key? {
        while true {
            if let status = Interruption.requested { throw ExitCode(status) }
            // A tenth of a second at a time, so that a signal is noticed.
            guard isReady(100) else { continue }
            guard let byte = read() else { return nil }
            switch byte {
            case 4: return nil
            case 0x1B: return escaped()
            case 0x20..<0x7F: return .character(Character(Unicode.Scalar(byte)))
            default: return .other
            }
        }
    }

    /// What follows an escape: an arrow, or a sequence that is read to its end and passed over.
    private func escaped() -> Key {
        guard isReady(20), let first = read(), first == UInt8(ascii: "[") || first == UInt8(ascii: "O") else {
            return .other
        }
        var last: UInt8 = 0
        while isReady(20), let byte = read() {
            last = byte
            if (0x40...0x7E).contains(byte) { break }
        }
        return last == UInt8(ascii: "C") ? .right : last == UInt8(ascii: "B") ? .down : .other
    }

    private func isReady(_ milliseconds: Int32) -> Bool {
        var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, milliseconds) > 0
    }

    private func read() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = Essentials.read(STDIN_FILENO, &byte, 1)
            if count > 0 { return byte }
            if count < 0, errno == EINTR { continue }
            return nil
        }
    }
}

/// The width of the terminal.
enum TerminalWidth {
    /// Its columns, at most 100: longer lines are hard to read; 80 where they are not known.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return max(20, min(100, Int(size.ws_col)))
    }
}
