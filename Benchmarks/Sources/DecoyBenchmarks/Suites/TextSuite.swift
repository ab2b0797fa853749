import Decoy

/// Analysis and subword tokenization, one thread.
enum TextSuite {
    static func benchmarks(_ input: BenchmarkInput, _ folder: ScratchFolder) throws -> [Benchmark] {
        let texts = input.documents.map { Array($0.contents.utf8) }
        let strings = input.documents.map(\.contents)
        var benchmarks: [Benchmark] = []
        for name in ["english", "whitespace"] {
            let analyzer = try Analyzer(AnalyzerOptions(named: name))
            benchmarks.append(
                Benchmark(name: "analysis, \(name)", unit: "MB", amount: input.megabytes) {
                    let session = analyzer.makeSession()
                    var count = 0
                    for text in texts {
                        text.withUnsafeBufferPointer { session.forEachTerm(in: $0) { _, _ in count += 1 } }
                    }
                    return count
                })
        }
        let tokenizer = Self.tokenizer(strings)
        benchmarks.append(
            Benchmark(name: "WordPiece encode", unit: "MB", amount: input.megabytes) {
                strings.reduce(0) { $0 + tokenizer.encode($1).count }
            })
        benchmarks.append(
            Benchmark(name: "WordPiece vocabulary", unit: "MB", amount: input.megabytes) {
                Self.tokenizer(strings).vocabularySize
            })
        return benchmarks
    }

    /// A tokenizer learned from the texts.
    static func tokenizer(_ texts: [String]) -> SubwordPipeline {
        var trainer = WordPieceTrainer(vocabularySize: 16_000)
        for text in texts { trainer.add(text) }
        return SubwordPipeline(vocabulary: trainer.train())
    }
}
