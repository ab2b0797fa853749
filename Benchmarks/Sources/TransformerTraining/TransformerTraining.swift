import Decoy
import Foundation

/// `TransformerTraining MODEL TASK.json`: fine-tunes a transformer by the library's trainer and prints the seconds of each step.
///
/// The task holds texts, each query with its document and its negatives, and the options; one epoch. Prints JSON: seconds and losses of the steps, CPU
/// seconds of all of them, resident memory before them and the peak in bytes. `evaluation/peers/training/train_speed.py` runs it beside PyTorch.
@main
struct TransformerTraining {
    struct Task: Decodable {
        var queries: [String]
        /// Of each query its document, then as many negatives.
        var documents: [[String]]
        var batch: Int
        var length: Int
        var rate: Double
        var dropout: Double
        var precision: ProductPrecision
        var threads: Int
    }

    struct Report: Encodable {
        var seconds: [Double] = []
        var losses: [Float] = []
        var cpu = 0.0
        var before = 0
        var peak = 0
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: TransformerTraining MODEL TASK.json\n".utf8))
            exit(2)
        }
        let task = try JSONDecoder().decode(Task.self, from: Data(contentsOf: URL(filePath: arguments[2])))
        let encoder = try TransformerFolder.read(arguments[1], threads: task.threads)
        let model = DualEncoder(shared: .transformer(try encoder.configured(longestSequence: task.length)))
        let (set, negatives) = try trainingSet(task, model)
        var options = TrainingOptions()
        options.epochs = 1
        options.batchSize = task.batch
        options.learningRate = task.rate
        options.negativesPerQuery = max(1, (task.documents.first?.count ?? 1) - 1)
        options.threads = task.threads
        options.transformer.dropout = task.dropout
        options.transformer.precision = task.precision
        let trainer = try Trainer(set, options: options, negatives: negatives)
        var report = Report(before: status("VmRSS"))
        let clock = ContinuousClock()
        let cpu = Self.processTime
        var last = clock.now
        _ = try trainer.train(model) { progress in
            let now = clock.now
            if progress.phase == .training {
                report.seconds.append((now - last) / .seconds(1))
                report.losses.append(progress.loss)
                report.cpu = Self.processTime - cpu
                report.peak = status("VmHWM")
            }
            last = now
        }
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }

    private static func trainingSet(
        _ task: Task, _ model: DualEncoder
    ) throws -> (TrainingSet, NegativeSource) {
        var documents: [Document] = []
        var queries: [Query] = []
        var qrels = Qrels()
        var lists: [QueryID: [DocumentID]] = [:]
        for (place, (query, texts)) in zip(task.queries, task.documents).enumerated() {
            let id = QueryID("q\(place)")
            queries.append(Query(id: id, text: query))
            for (rank, text) in texts.enumerated() {
                let document = DocumentID("d\(place)-\(rank)")
                documents.append(Document(id: document, title: "", text: text))
                if rank == 0 {
                    _ = qrels.judge(query: id, document: document, grade: 1)
                } else {
                    lists[id, default: []].append(document)
                }
            }
        }
        let count = (task.documents.first?.count ?? 1) - 1
        let set = try TrainingSet(
            documents: documents, queries: queries, qrels: qrels, model: model, threads: task.threads)
        return (set, count == 0 ? .inBatch : .fixed(lists, count: count, pool: documents.map(\.id)))
    }

    /// A size of the process's memory in bytes, as Linux gives it.
    private static func status(_ name: String) -> Int {
        let text = try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) * 1024
    }

    /// The CPU time of the process in seconds.
    private static var processTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
