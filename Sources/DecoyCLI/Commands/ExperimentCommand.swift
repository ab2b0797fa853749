import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// `decoy experiment`: the whole job, from text files to a report.
struct ExperimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment",
        abstract: "The whole job: index, mine, train before and after, report.",
        discussion: """
            Compares BM25; the untrained encoder; training before mining (in-batch negatives alone); a control (as many random
            negatives); training after mining (BM25 candidates that the model ranks again as it trains); and a hybrid of BM25 and the
            last. Every arm has the same pairs, epochs, rate, temperature and pool of negatives. Rate, temperature and the number of
            epochs are tuned on dev for the arm without mined negatives, the pool for the control, the margin of mined negatives so that
            no recall is lost. --arms adds self-mined (the model's
            own candidates), bm25-top (BM25's best, unfiltered), dense-top (the best of the model of before, unfiltered), large-batch
            (in-batch negatives, as many documents a step) and hybrids of the other arms, --encoders models that were trained
            elsewhere; --ablate tries other values of mining options, on dev.

            DIR gets results.json, report.html, report.md and other forms, runs/, negatives.jsonl, models/ and the index. What each
            step computed is kept beside it (DIR.steps): an experiment that was stopped goes on where it was, and a changed option
            costs only the steps that depend on it.

            EXAMPLES
              decoy experiment corpora/homonyms -o out
              decoy experiment scifact -o out --seeds 5 --arms all --ablate relative-margin=0,0.05,0.1 --ablate num-negatives=1,3,7
              decoy experiment debian -o out --encoders potion=potion-base-8M
              decoy experiment --config evaluation/configs/homonyms.json -o out --expected evaluation/expected/homonyms.json
            """.flowing)

    @Argument(help: ArgumentHelp("A dataset folder in BEIR layout.", valueName: "dataset"), completion: .directory)
    var dataset: String?

    @Option(
        name: .customLong("dataset"),
        help: ArgumentHelp(
            "The dataset where none stands before the options, as in a configuration.", valueName: "folder"),
        completion: .directory
    )
    var configuredDataset: String?

    @Option(
        name: [.short, .long], help: ArgumentHelp("The folder to write.", valueName: "folder"), completion: .directory)
    var output: String

    @Option(help: "The split that is measured.")
    var split = "test"

    @Option(help: "The split that is trained on.")
    var trainSplit = "train"

    @Option(help: "The split that options are tuned on; without it, a fifth of the training queries.")
    var devSplit = "dev"

    @Option(help: "How many seeds each trained arm is run with.")
    var seeds = 3

    @Option(
        name: [.short, .long], help: "Measures, separated by spaces or commas.", completion: MeasureHelp.completion)
    var measures = "RR@10 nDCG@10 R@100"

    @Option(
        help: ArgumentHelp(
            "What is compared with BM25: \(ExperimentSystem.all.dropFirst().map(\.name).joined(separator: ", ")), or all. (default: \(ExperimentSystem.usual.dropFirst().map(\.name).joined(separator: ",")))",
            valueName: "names"))
    var arms: String?

    @Option(
        help: ArgumentHelp(
            "A model that was trained elsewhere, measured as it is; may be given again.", valueName: "name=folder"))
    var encoders: [String] = []

    @Option(
        help: ArgumentHelp(
            "Other values of an option, measured on dev; may be given again. Options: \(Ablation.known.map(\.name).joined(separator: ", ")).",
            valueName: "option=v,v"))
    var ablate: [String] = []

    @Option(help: AnalyzerArgument.help)
    var analyzer: AnalyzerArgument?

    @Option(help: Segmentation.help)
    var segmentation: Segmentation?

    @Option(
        help: ArgumentHelp("Take BM25's parameters from a file of decoy tune.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var tuned: String?

    @Option(
        help: "Where negatives may come from: train-positives or corpus. (default: chosen on dev for the control)")
    var pool: NegativePool?

    @Option(help: "BM25 candidates that the model looks at for each training query.")
    var candidateDepth: Int?

    @OptionGroup var starting: StartFlags

    @OptionGroup var training: TrainingFlags

    @Option(
        help: ArgumentHelp("Where steps are kept. (default: DIR.steps)", valueName: "folder"), completion: .directory)
    var steps: String?

    @Flag(help: "Keep no steps.")
    var noSteps = false

    @Option(
        help: ArgumentHelp(
            "Compare the figures with those of a file, to four decimals; exit code 1 where a digit moved.",
            valueName: "file"), completion: .file())
    var expected: String?

    @Option(help: ArgumentHelp("Write the figures as a file for --expected.", valueName: "file"), completion: .file())
    var saveExpected: String?

    @Flag(name: [.short, .long], help: "Replace the folder if it is there.")
    var force = false

    @Flag(help: "Print the results as JSON instead of tables.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...100).contains(seeds) else { throw ValidationError("--seeds \(seeds): give 1 to 100") }
        guard dataset != nil || configuredDataset != nil else {
            throw ValidationError("name a dataset: decoy experiment DATASET -o DIR")
        }
        guard !noSteps || steps == nil else {
            throw ValidationError("--no-steps keeps no steps, and --steps says where; give one of them")
        }
    }

    func run() throws {
        let started = ContinuousClock.now
        try OutputFolder.experiment.check(output, replace: force)
        if let option = training.optionThatNeedsScores {
            throw UsageProblem(
                "\(option) learns from scores of mined documents, which an experiment does not have; use decoy train with --negatives"
            )
        }
        let setup = try ExperimentSetup(self)
        let expectation = try expected.map { try ExpectedFigures.read($0) }
        let figures = try FolderReplacement.write(path: output, overwrite: force) { folder in
            try ExperimentJob(command: self, setup: setup, folder: folder.path, started: started).run()
        }
        common.say(
            "wrote \(output) in \(ProgressLine.duration((ContinuousClock.now - started).seconds)); open \(output)/report.html"
        )
        if let saveExpected { try figures.write(saveExpected) }
        if let expectation, let expected {
            let differences = expectation.differences(from: figures)
            guard differences.isEmpty else {
                throw MovedFigures(file: expected, lines: differences)
            }
            common.say("all figures are those of \(expected)")
        }
    }
}

/// Figures of an experiment that are not what a file expects; exit code 1.
struct MovedFigures: Error, CustomStringConvertible {
    var file: String
    var lines: [String]

    var description: String {
        (["\(lines.count) figures are not those of \(file):"] + lines).joined(separator: "\n  ")
            + "\n  trained figures may differ in their last digits between kinds of processors; after a wanted change make the file anew with --save-expected"
    }
}
