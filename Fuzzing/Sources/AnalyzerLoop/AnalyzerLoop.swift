import AnalyzerChecks
import Foundation

/// `AnalyzerLoop [--count N] [--seed S] [--first K]` puts random strings through every profile; the first fault ends it with exit 1.
@main
enum AnalyzerLoop {
    static func main() throws {
        let count = option("--count", 100_000)
        let seed = option("--seed", 1)
        let first = option("--first", 0)
        let check = try AnalyzerCheck()
        let start = ContinuousClock.now
        var (reported, size) = (start, 0)
        for number in first..<first + count {
            let bytes = RandomString.bytes(seed: UInt64(seed), number: number)
            size += bytes.count
            if let fault = check.fault(in: bytes, choice: number) {
                print(
                    "seed \(seed), string \(number): \(String(decoding: bytes, as: UTF8.self).debugDescription)\n\(bytes)\n\(fault)"
                )
                exit(1)
            }
            if number % 1000 == 0, ContinuousClock.now - reported > .seconds(10) {
                reported = .now
                say("\(number - first) of \(count) strings, \(rate(number - first, start)) a second")
            }
        }
        print(
            "seed \(seed), strings \(first)..<\(first + count), \(size) bytes, through \(check.count) profiles: no fault; "
                + "\(rate(count, start)) strings a second")
    }

    private static func option(_ name: String, _ standard: Int) -> Int {
        let arguments = CommandLine.arguments
        guard let place = arguments.firstIndex(of: name) else { return standard }
        guard place + 1 < arguments.count, let value = Int(arguments[place + 1]), value >= 0 else {
            say("\(name) needs a number")
            exit(64)
        }
        return value
    }

    private static func rate(_ count: Int, _ start: ContinuousClock.Instant) -> Int {
        Int(Double(count) / max(1e-9, (ContinuousClock.now - start) / .seconds(1)))
    }

    private static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
