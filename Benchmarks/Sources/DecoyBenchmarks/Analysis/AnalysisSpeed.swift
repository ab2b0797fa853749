import CICUIterator
import Decoy
import Foundation

/// Segmentation and whole analysis beside ICU's iterator alone, in several languages, on one thread.
struct AnalysisSpeed {
    /// A profile and the folder with a corpus of its language.
    private static let languages = [
        ("english", "debian"), ("german", "xquad-de"), ("turkish", "xquad-tr"), ("arabic", "arcd-ar"),
        ("thai", "iapp-th"),
        ("japanese", "jsquad-ja"), ("chinese", "cmrc2018-zh"),
    ]

    private let folder: String
    private let runs: Int
    private let only: String?

    init(_ arguments: inout Arguments) throws {
        runs = try arguments.number("--runs", default: 5)
        only = arguments.value("--only")
        try arguments.finish(positional: 2...2)
        folder = arguments.positional[1]
    }

    /// Measures all languages whose folder there is, and prints a line for each.
    func run() throws {
        print(
            "MB/s of CPU time; in parentheses the time of ICU's iterator (the faster of the two) over the time of that column, as a factor."
        )
        print(
            Text.column("", 10)
                + ["MB", "ICU UTF-8", "ICU UTF-16", "words", "term numbers", "bigrams", "words+bigrams"]
                .map { Text.right($0, 15) }.joined())
        for (language, name) in Self.languages where only.map({ language.contains($0) }) ?? true {
            let path = folder + "/" + name
            guard FileManager.default.fileExists(atPath: path) else { continue }
            var texts: [[UInt8]] = []
            try BEIRDataset(path: path).documents { texts += $0.map { Array($0.contents.utf8) } }
            print(try line(language, texts))
        }
    }

    private func line(_ language: String, _ texts: [[UInt8]]) throws -> String {
        let size = Double(texts.reduce(0) { $0 + $1.count }) / 1e6
        // Small sets are gone through several times, so that a run takes long enough to be timed.
        let rounds = max(1, Int(2 / size))
        func speed(_ body: (UnsafeBufferPointer<UInt8>) -> Int) throws -> Double {
            try withoutActuallyEscaping(body) { body in
                let benchmark = Benchmark(name: language, unit: "MB", amount: size * Double(rounds)) {
                    var count = 0
                    for _ in 0..<rounds {
                        for text in texts { count &+= text.withUnsafeBufferPointer(body) }
                    }
                    return count
                }
                return try benchmark.measure(runs: runs).throughput
            }
        }
        let iterator = icu_iterator_open()
        defer { icu_iterator_close(iterator) }
        let utf8 = try speed { Int(icu_iterator_count_utf8(iterator, $0.baseAddress, Int32($0.count))) }
        let utf16 = try speed { Int(icu_iterator_count_utf16(iterator, $0.baseAddress, Int32($0.count))) }
        let spans = try Segmentation.allCases.map { segmentation in
            let segmenter = try Segmenter(segmentation)
            return try speed { text in
                var count = 0
                segmenter.forEachToken(in: text) { _, _, _, _ in count += 1 }
                return count
            }
        }
        let session = try Analyzer(named: language).makeSession()
        var numbering = TermNumbering()
        let numbers = try speed { text in
            var sum = 0
            session.forEachTermNumber(in: text, numbering: { numbering.number($0) }) { number, _ in sum &+= Int(number)
            }
            return sum
        }
        let ours = [spans[0], numbers, spans[1], spans[2]].map {
            Text.right("\(Text.number($0)) (\(Text.number($0 / max(utf8, utf16))))", 15)
        }
        return Text.column(language, 10)
            + [size, utf8, utf16].map { Text.right(Text.number($0), 15) }.joined() + ours.joined()
    }
}
