import Decoy
import Foundation

/// All measurements of a run, as JSON.
struct BenchmarkReport {
    private struct Row: Codable {
        var name: String
        var unit: String
        var amount: Double
        var wallSeconds: [Double]
        var cpuSeconds: [Double]
        var medianWallSeconds: Double
        var medianCPUSeconds: Double
        var unitsPerCPUSecond: Double
    }

    private struct Body: Codable {
        var input: String
        var load: Double
        var peakMemoryBytes: Int
        var benchmarks: [Row]
    }

    private let input: String
    private var rows: [Row] = []

    init(input: String) { self.input = input }

    mutating func add(_ measurement: Measurement) {
        rows.append(
            Row(
                name: measurement.name, unit: measurement.unit, amount: measurement.amount,
                wallSeconds: measurement.samples.map(\.wall), cpuSeconds: measurement.samples.map(\.cpu),
                medianWallSeconds: measurement.medianWall, medianCPUSeconds: measurement.medianCPU,
                unitsPerCPUSecond: measurement.throughput))
    }

    func json() throws -> String {
        let body = Body(
            input: input, load: Stopwatch.load(), peakMemoryBytes: Stopwatch.peakMemory(), benchmarks: rows)
        return try JSONOutput.text(body)
    }
}

/// Indented JSON with sorted keys.
enum JSONOutput {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
