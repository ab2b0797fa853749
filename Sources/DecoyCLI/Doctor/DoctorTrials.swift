import Decoy
import DurableStorage
import Essentials
import NumericKernels

/// Small pieces of work with known results, on the code and the libraries that this machine chooses.
enum DoctorTrials {
    /// A result that is not the known one.
    private struct WrongResult: Error, CustomStringConvertible {
        var description: String
    }

    static func run() -> [DoctorReport.Trial] {
        [
            trial("two documents indexed and found, in memory") { try search() },
            trial("words cut and stemmed: \"Foxes’ ÉCOLES\"") { try analyze() },
            trial("a matrix product by \(ProductEngine.platformName), against plain loops") { try multiply() },
        ]
    }

    private static func trial(_ name: String, _ body: () throws -> Void) -> DoctorReport.Trial {
        let clock = ContinuousClock()
        let start = clock.now
        var problem: String?
        do { try body() } catch { problem = String(describing: error) }
        let (seconds, attoseconds) = (clock.now - start).components
        let tenths = (Double(seconds) * 10_000 + Double(attoseconds) / 1e14).rounded()
        return DoctorReport.Trial(name: name, milliseconds: tenths / 10, problem: problem)
    }

    private static func search() throws {
        let directory = InMemoryDirectory()
        let writer = try IndexWriter(directory: directory, options: IndexOptions(analyzer: .english))
        try writer.add([
            Document(id: "river", text: "Willows stand along the banks of the river."),
            Document(id: "money", text: "The bank lends money."),
        ])
        _ = try writer.commit()
        let hits = try Searcher(reader: IndexReader(directory: directory)).search("river bank", k: 2)
        guard hits.map(\.id) == ["river", "money"], hits.allSatisfy({ $0.score > 0 }) else {
            throw WrongResult(description: "found \(hits.map(\.id)), expected river, money")
        }
    }

    private static func analyze() throws {
        let found = [
            try Analyzer(named: "english").terms(in: "the Foxes’ dens"),
            try Analyzer(named: "french").terms(in: "ÉCOLES"),
        ]
        guard found == [["fox", "den"], ["ecol"]] else {
            throw WrongResult(description: "the terms are \(found)")
        }
    }

    private static func multiply() throws {
        // Not a multiple of any vector's length.
        let (m, n, k) = (17, 19, 23)
        func matrix(_ rows: Int, _ columns: Int, _ step: Int) -> Matrix {
            Matrix(columns: columns, values: (0..<rows * columns).map { Float($0 * step % 13 - 6) / 8 })
        }
        let (a, b) = (matrix(m, k, 5), matrix(k, n, 7))
        var (fast, plain) = (Matrix(rows: m, columns: n), Matrix(rows: m, columns: n))
        MatrixProduct.multiply(a.window, b.window, into: &fast)
        MatrixProduct.multiply(a.window, b.window, into: &plain, engine: .reference)
        for row in 0..<m {
            for (value, expected) in zip(fast.row(row), plain.row(row)) where abs(value - expected) > 1e-4 {
                throw WrongResult(description: "a value is \(value), expected \(expected)")
            }
        }
    }
}
