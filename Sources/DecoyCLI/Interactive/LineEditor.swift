import CLineEditing
import Essentials

/// Reads lines that a person types on the terminal, with editing, history and completion of commands.
final class LineEditor {
    /// What ended a line.
    enum Line {
        case text(String)
        /// Ctrl-C: the line is thrown away.
        case interrupted
        /// Ctrl-D, or the terminal is gone.
        case end
    }

    /// The terminal could not be set up.
    struct Unavailable: Error, CustomStringConvertible {
        var description: String { "the line editor could not be started; give the query as an argument" }
    }

    private let editor: OpaquePointer

    /// An editor with a prompt and the words that the tab key completes at the start of a line.
    init(prompt: String, words: [String]) throws {
        guard let editor = clineediting_open("decoy", prompt, Int32(HistoryFile.limit)) else { throw Unavailable() }
        self.editor = editor
        for word in words { _ = clineediting_add_word(editor, word) }
        var terminal = termios()
        if tcgetattr(STDIN_FILENO, &terminal) == 0 {
            let terminal = terminal
            // A signal may end the program in the middle of a line.
            Interruption.beforeEnding {
                var terminal = terminal
                tcsetattr(STDIN_FILENO, TCSANOW, &terminal)
            }
        }
    }

    deinit { clineediting_close(editor) }

    /// The next line; bytes that are not UTF-8 become U+FFFD.
    func read() -> Line {
        var bytes: UnsafePointer<CChar>?
        var length: Int32 = 0
        switch clineediting_read(editor, &bytes, &length) {
        case clineediting_line:
            let line = UnsafeRawBufferPointer(start: bytes, count: Int(length))
            return .text(String(decoding: line, as: UTF8.self))
        case clineediting_interrupted: return .interrupted
        default: return .end
        }
    }

    /// Adds a line to those that the arrow keys bring back.
    func remember(_ line: String) { clineediting_remember(editor, line) }
}
