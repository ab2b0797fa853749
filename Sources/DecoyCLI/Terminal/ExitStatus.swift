import ArgumentParser
import Decoy
import DurableStorage
import SearchServer
import NegativeReview

/// The exit codes of design: what went wrong decides which one a script sees.
enum ExitStatus: Int32 {
    case success = 0
    case failure = 1
    case badInput = 2
    case corrupt = 3
    case notFound = 4
    case locked = 5
    case inputOutput = 6
    case usage = 64
    case interrupted = 130

    /// Every code with what it means, for help and manual.
    static let meanings: [(code: Int32, meaning: String)] = [
        (0, "success"), (1, "another failure"), (2, "bad input data"), (3, "a corrupt index or model"),
        (4, "not found"),
        (5, "locked by another writer"), (6, "input or output failed, such as a full disk"),
        (64, "a call that cannot be right"), (130, "interrupted"),
    ]

    /// The status of an error of ours; nil for errors that belong to the argument parser.
    init?(of error: any Error) {
        switch error {
        case TrainingError.checkpointsExist: self = .usage
        case TrainingError.interrupted: self = .interrupted
        case is InputErrors, is InputError, is EvaluationError, is TrainingError:
            self = .badInput
        case let error as FileError:
            switch error {
            case .notFound, .noSplit: self = .notFound
            case .unreadable: self = .inputOutput
            }
        case let error as StorageError:
            switch error {
            case .corrupt, .incompatible: self = .corrupt
            case .alreadyExists: self = .usage
            case .notFound, .noFolder: self = .notFound
            case .locked: self = .locked
            default: self = .inputOutput
            }
        case is ReviewError, is MeasureError, is MiningError, is FusionError, is AnalyzerError, is FieldError,
            is FilterError, is ShardError:
            self = .usage
        case is ServerError: self = .inputOutput
        case SearchError.analyzerMismatch, is SubwordError, is IndexDamage:
            self = .corrupt
        case is SearchError:
            self = .usage
        case is ExitCode, is CleanExit, is ValidationError:
            return nil
        default:
            // The argument parser's own errors are internal types of its module.
            if String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") { return nil }
            self = .failure
        }
    }
}

/// A call that cannot be right, found after the arguments were parsed; ends with exit code 64.
struct UsageProblem: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
