import Decoy

/// `DecoyBenchmarks [DATASET]` runs all benchmarks; `latency INDEX QUERIES` times single queries, `analysis FOLDER` languages, `vectors
/// FOLDER...` the exact search of vectors.
@main
enum DecoyBenchmarks {
    static let usage = """
        DecoyBenchmarks [DATASET] [--runs N] [--only WORD] [--json]
            Times the parts of the job on a dataset in BEIR layout (corpora/homonyms unless given), each the median of N runs (5).
        DecoyBenchmarks latency INDEX QUERIES [-k N] [--batch N] [--threads N] [--runs N] [--k1 X] [--b X]
            Opens an index and times each query of a file alone, then the whole file as a batch; prints JSON.
        DecoyBenchmarks analysis FOLDER [--runs N] [--only LANGUAGE]
            Times segmentation and analysis beside ICU's iterator on the datasets of several languages in a folder.
        DecoyBenchmarks vectors FOLDER... --queries FILE [-k N] [--threads N] [--runs N]
            Times the exact search of vector folders that hold the same vectors, beside a plain read of memory; prints JSON.
        """

    static func main() {
        do {
            var arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
            if arguments.flag("--help") { return print(usage) }
            if arguments.positional.first == "latency" {
                print(try QueryLatency(&arguments).json())
            } else if arguments.positional.first == "vectors" {
                print(try VectorSearchSpeed(&arguments).json())
            } else if arguments.positional.first == "analysis" {
                try AnalysisSpeed(&arguments).run()
            } else {
                try runAll(&arguments)
            }
        } catch {
            Failure.report(error)
        }
    }

    private static func runAll(_ arguments: inout Arguments) throws {
        let runs = try arguments.number("--runs", default: 5)
        let only = arguments.value("--only")
        let asJSON = arguments.flag("--json")
        try arguments.finish(positional: 0...1)
        let input = try BenchmarkInput(path: arguments.positional.first ?? BenchmarkInput.homonyms)
        var report = BenchmarkReport(input: input.description)
        let folder = try ScratchFolder()
        for suite in [TextSuite.benchmarks, LexicalSuite.benchmarks, DenseSuite.benchmarks] {
            for benchmark in try suite(input, folder) where only.map({ benchmark.name.contains($0) }) ?? true {
                let measurement = try benchmark.measure(runs: runs)
                report.add(measurement)
                if !asJSON { print(measurement.line) }
            }
        }
        if asJSON { print(try report.json()) }
    }
}
