/// A piece of work that is timed.
struct Benchmark {
    /// Lower-case words, such as `top 10`.
    var name: String
    /// What throughput counts, such as `MB`.
    var unit: String
    /// How many units a run works through.
    var amount: Double
    /// One run; the result is kept from being optimised away by being returned.
    var run: () throws -> Int

    /// Runs once to warm up, then `runs` times.
    func measure(runs: Int) throws -> Measurement {
        var checksum = try run()
        var samples: [Measurement.Sample] = []
        for _ in 0..<max(1, runs) {
            let watch = Stopwatch()
            checksum &+= try run()
            samples.append(.init(wall: watch.wall, cpu: watch.cpu))
        }
        return Measurement(name: name, unit: unit, amount: amount, samples: samples, checksum: checksum)
    }
}

/// The times of one benchmark.
struct Measurement {
    struct Sample {
        var wall: Double
        var cpu: Double
    }

    var name: String
    var unit: String
    var amount: Double
    var samples: [Sample]
    var checksum: Int

    var medianWall: Double { Statistics.median(samples.map(\.wall)) }
    var medianCPU: Double { Statistics.median(samples.map(\.cpu)) }
    /// Units a second of CPU time: what other load on the machine moves least.
    var throughput: Double { amount / max(medianCPU, 1e-9) }

    /// One line for the terminal.
    var line: String {
        let best = samples.map(\.cpu).min() ?? 0
        let worst = samples.map(\.cpu).max() ?? 0
        return Text.column(name, 30) + Text.right(Text.number(medianWall * 1000) + " ms", 14)
            + Text.right(Text.number(medianCPU * 1000) + " ms cpu", 16)
            + Text.right("\(Text.number(best * 1000))–\(Text.number(worst * 1000))", 20)
            + Text.right("\(Text.number(throughput)) \(unit)/s", 22)
    }
}
