import DurableStorage
import Essentials
import RetrievalData
import Synchronization

/// A file of answers, one JSON line each, that only grows: `Documentation/formats/review.md` describes it.
///
/// An answer is on the disk before it counts, so that a kill loses none. Several processes may append and read at once; what others appended
/// is read when answers are asked for. A line without its end, which a kill may leave, is never counted, and the next writer cuts it off.
public final class AnswerLog: Sendable {
    /// The file.
    public let path: String

    fileprivate struct State {
        /// Where the lines that were not read begin.
        var offset = 0
        var lines = 0
        var answers: [Answer] = []
    }

    /// Used only while `state` is locked.
    nonisolated(unsafe) private let file: AppendingFile
    private let state = Mutex(State())

    /// The log at a path; created where it is missing, unless it is only read.
    public init(path: String, access: AppendingFile.Access = .append) throws {
        self.path = path
        file = try AppendingFile(path: path, access: access)
    }

    /// All answers in the order of the file.
    ///
    /// Complexity: O(what was appended since the last call). A line that is no answer is an input error, also at every later call.
    public func answers() throws -> [Answer] {
        try state.withLock { state in
            try state.take(file.lines(from: state.offset), path: path)
            return state.answers
        }
    }

    /// Appends an answer that may depend on all answers so far, and returns all of them.
    ///
    /// Nobody else appends in between. Nothing is appended where `answer` throws.
    func append(_ answer: (_ answers: [Answer]) throws -> Answer) throws -> [Answer] {
        try state.withLock { state in
            try file.append(after: state.offset) { lines in
                try state.take(lines, path: path)
                return Array(try answer(state.answers).jsonLine.utf8)
            }
            try state.take(file.lines(from: state.offset), path: path)
            return state.answers
        }
    }

    /// The present moment as answers have it.
    static func now() -> String { Date().formatted(.iso8601) }
}

extension AnswerLog.State {
    /// Adds whole lines; none of them where one is no answer.
    fileprivate mutating func take(_ bytes: [UInt8], path: String) throws {
        var errors = InputErrors()
        var read: [Answer] = []
        var number = lines
        for line in bytes.dropLast(bytes.isEmpty ? 0 : 1).split(separator: 10, omittingEmptySubsequences: false)
        where !bytes.isEmpty {
            number += 1
            if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
            do {
                read.append(try Answer(parsing: line))
            } catch let fault as Answer.Fault {
                let error = InputError(
                    source: path, line: number, problem: fault.problem,
                    remedy: "\(Answer.expected); mend or remove the line")
                if !errors.add(error) { break }
            }
        }
        try errors.throwIfAny()
        answers += read
        offset += bytes.count
        lines = number
    }
}
