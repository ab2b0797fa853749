import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// The options by which a training outlives its process.
struct CheckpointFlags: ParsableArguments {
    @Option(help: ArgumentHelp("Write the whole state to MODEL.checkpoint every so many steps.", valueName: "steps"))
    var checkpointEvery: Int?

    @Flag(help: "Go on from the last checkpoint in MODEL.checkpoint; the options must be the same.")
    var resume = false

    /// Where the training of a model writes its checkpoints; nil where none were asked for.
    func checkpoints(of model: String, replace: Bool) throws -> TrainingCheckpoints? {
        guard checkpointEvery != nil || resume else { return nil }
        if let every = checkpointEvery, every < 1 {
            throw UsageProblem("--checkpoint-every: \(every) cannot be used; expected 1 or more")
        }
        return try TrainingCheckpoints(
            path: String(model.withoutTrailingSlashes) + ".checkpoint", every: checkpointEvery ?? 0, resumes: resume,
            replaces: replace,
            program: DecoyVersion.current, isInterrupted: { Interruption.requested != nil })
    }

    /// Trains so that Ctrl-C writes a checkpoint before the program ends, where checkpoints were asked for.
    ///
    /// Where training fails, the last good checkpoint stays and the error names it; a folder without any goes.
    func deferringInterruption<Result>(
        _ checkpoints: TrainingCheckpoints?, _ training: () throws -> Result
    ) throws -> Result {
        guard let checkpoints else { return try training() }
        do {
            return try Interruption.deferred(training)
        } catch let error as TrainingError {
            if Console.errorIsTerminal { Console.redraw("") }
            if case .interrupted = error {
                Console.error("\(error); go on with the same command and --resume")
                throw ExitCode(Interruption.requested ?? ExitStatus.interrupted.rawValue)
            }
            guard case .diverged = error else { throw error }
            if checkpoints.lastStep == nil { try? checkpoints.remove() }
            throw error
        }
    }
}
