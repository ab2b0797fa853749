import Decoy
import Foundation

/// `TransformerGradients MODEL BATCH.json GRADIENTS.safetensors`: gradients, losses and times of training steps on one batch of pairs.
///
/// The batch holds the token ids of queries and documents and the options. Prints JSON: the losses, the norms before clipping, the seconds of each step and of its
/// processors, the peak memory in bytes. The gradients are those before the first step. `evaluation/peers/training/gradients.py` runs it beside PyTorch.
@main
struct TransformerGradients {
    struct Batch: Decodable {
        var queries: [[Int32]]
        var documents: [[Int32]]
        var scale: Float
        var rate: Double
        var steps: Int
        var threads: Int
        var options: TransformerTrainingOptions
    }

    struct Report: Encodable {
        var losses: [Double] = []
        var norms: [Double] = []
        var seconds: [Double] = []
        var processorSeconds: [Double] = []
        var memory = 0
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else {
            FileHandle.standardError.write(Data("usage: TransformerGradients MODEL BATCH.json GRADIENTS\n".utf8))
            exit(2)
        }
        let batch = try JSONDecoder().decode(Batch.self, from: Data(contentsOf: URL(filePath: arguments[2])))
        var trainer = try TransformerTrainer(
            TransformerFolder.read(arguments[1], threads: batch.threads), options: batch.options, seed: 1)
        var report = Report()
        let clock = ContinuousClock()
        for step in 1...max(1, batch.steps) {
            let (start, processors) = (clock.now, Foundation.clock())
            let vectors = trainer.vectors(of: batch.queries + batch.documents, threads: batch.threads)
            let loss = InBatchLoss(vectors, queries: batch.queries.count, scale: batch.scale)
            trainer.backpropagate(loss.gradient, threads: batch.threads)
            var (pause, other) = (Duration.zero, 0)
            if step == 1 {
                let (before, busy) = (clock.now, Foundation.clock())
                try write(trainer.tensorGradients, to: arguments[3])
                pause = clock.now - before
                other = Foundation.clock() - busy
            }
            report.norms.append(trainer.step(step, rate: batch.rate, threads: batch.threads))
            report.losses.append(loss.value)
            report.seconds.append((clock.now - start - pause) / .seconds(1))
            report.processorSeconds.append(Double(Foundation.clock() - processors - other) / 1e6)
        }
        let status = try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
        let peak = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM") }?.filter(\.isNumber)
        report.memory = peak.flatMap { Int($0) }.map { $0 * 1024 } ?? 0
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }

    private static func write(
        _ tensors: [(name: String, rows: Int, columns: Int, values: [Float])], to path: String
    ) throws {
        var header: [String] = []
        var offset = 0
        for tensor in tensors {
            let end = offset + tensor.values.count * 4
            header.append(
                "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":[\(tensor.rows),\(tensor.columns)],\"data_offsets\":[\(offset),\(end)]}"
            )
            offset = end
        }
        let text = Data("{\(header.joined(separator: ","))}".utf8)
        var data = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
        for tensor in tensors { tensor.values.withUnsafeBytes { data.append(contentsOf: $0) } }
        try data.write(to: URL(filePath: path))
    }
}
