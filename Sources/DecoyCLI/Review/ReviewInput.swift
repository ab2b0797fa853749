import Decoy
import Essentials
import NegativeReview

/// What a reviewer wants next.
enum ReviewAction: Hashable {
    case answer(Verdict)
    case undo
    case skip
    case more
    case help
    case quit

    /// The action of a word, or of its first letter; nil for any other.
    init?(word: String) {
        switch word.lowercased() {
        case "wrong", "w": self = .answer(.wrong)
        case "relevant", "r": self = .answer(.relevant)
        case "unsure", "u": self = .answer(.unsure)
        case "undo", "z": self = .undo
        case "skip", "s": self = .skip
        case "more", "m": self = .more
        case "help", "?": self = .help
        case "quit", "q": self = .quit
        default: return nil
        }
    }

    /// The action of a key; nil for any other.
    init?(key: TerminalKeys.Key) {
        switch key {
        case .right, .down: self = .skip
        case .character(let character): self.init(word: String(character))
        case .other: return nil
        }
    }

    /// The keys, for people.
    static let keys = "w truly wrong   r relevant   u unsure   s skip   z undo   m whole texts   q quit   ? help"
}

/// Where actions come from.
protocol ReviewInput {
    /// The next action; nil at the end of the input.
    func next() throws -> ReviewAction?
}

/// Actions as single keys of a terminal.
struct KeyInput: ReviewInput {
    let keys: TerminalKeys

    func next() throws -> ReviewAction? {
        while let key = try keys.next() {
            if let action = ReviewAction(key: key) { return action }
        }
        return nil
    }
}

/// Actions as words, one a line, on standard input.
final class WordInput: ReviewInput {
    private var line = 0

    func next() throws -> ReviewAction? {
        while let text = readLine() {
            line += 1
            let word = text.trimmedOfSpaces
            if word.isEmpty { continue }
            if let action = ReviewAction(word: word) { return action }
            throw InputErrors(
                InputError(
                    source: "<stdin>", line: line, problem: "\(JSONText.quoted(word)) is no answer",
                    remedy: "give wrong, relevant, unsure, undo, skip, more or quit; answers before it are saved"))
        }
        return nil
    }
}
