import DecoyTestSupport
import Foundation
import Synchronization

/// The folder that goes when the test process ends.
private let remover = Mutex<String>("")

/// What most tests need, made once: the sample dataset with its index, a run, a model and vectors.
struct Prepared: Sendable {
    let folder: TemporaryFolder
    let dataset: String
    let index: String
    let run: String
    let model: String
    let vectors: String
    var corpus: String { dataset + "/corpus.jsonl" }
    var queries: String { dataset + "/queries.jsonl" }
    var train: String { dataset + "/qrels/train.tsv" }
    var test: String { dataset + "/qrels/test.tsv" }

    /// Options of a training that takes a moment.
    static let quickTraining = [
        "--dimension", "16", "--epochs", "1", "--learning-rate", "0.01", "--temperature", "0.05",
    ]

    /// Options of an experiment that takes a moment: nothing is tuned.
    static let quickExperiment = quickTraining + ["--pool", "train-positives", "--relative-margin", "0"]

    private static let made = Result { try Prepared() }

    /// The prepared files; throws where making them failed.
    static func shared() throws -> Prepared { try made.get() }

    private init() throws {
        folder = try TemporaryFolder()
        dataset = try SampleDataset().write(into: folder)
        index = folder.path("sample.index")
        run = folder.path("bm25.trec")
        model = folder.path("sample.model")
        vectors = folder.path("sample.vectors")
        remover.withLock { $0 = folder.path }
        atexit { remover.withLock { try? FileManager.default.removeItem(atPath: $0) } }
        try Self.make(["index", dataset, "-o", index])
        try Self.make(["search", index, "--queries", queries, "-k", "20", "-o", run])
        try Self.make(["train", dataset, "-o", model] + Self.quickTraining)
        try Self.make(["encode", model, dataset, "-o", vectors])
    }

    /// Writes a transformer that knows the words of the dataset into a folder and returns its path.
    func transformer(
        in folder: TemporaryFolder, as name: String = "tiny", _ change: (inout TinyTransformer) -> Void = { _ in }
    ) throws -> String {
        let texts = try [corpus, queries].map { try String(contentsOfFile: $0, encoding: .utf8) }
        var tiny = TinyTransformer(wordsOf: texts.joined())
        change(&tiny)
        return try tiny.write(into: folder, as: name)
    }

    private static func make(_ arguments: [String]) throws {
        let outcome = try DecoyProcess.run(arguments)
        guard outcome.status == 0 else {
            throw PreparationFailed(description: "\(arguments): \(outcome.status)\n\(outcome.messages)")
        }
    }
}

/// A command that the other tests build on does not work.
struct PreparationFailed: Error, CustomStringConvertible {
    var description: String
}
