import ArgumentParser
import Decoy

/// The options of BM25: its form, its parameters and the weights of fields, given by hand or tuned.
struct BM25Options: ParsableArguments {
    @Option(help: "The form of BM25. (default: lucene)")
    var similarity: BM25Variant?

    @Option(help: "BM25's saturation of term frequency. (default: 1.2)")
    var k1: Double?

    @Option(help: "BM25's length normalisation, 0 to 1. (default: 0.75)")
    var b: Double?

    @Option(help: "The delta of bm25+ and bm25l. (default: 1 and 0.5)")
    var delta: Double?

    @Option(
        help: ArgumentHelp(
            "What an occurrence in each field counts (BM25F); 0 in fields that are left out. (default: the index's own)",
            valueName: "title=2,text=1"),
        transform: FieldWeights.argument)
    var fields: FieldWeights?

    @Option(
        help: ArgumentHelp(
            "Take BM25's parameters from a file of decoy tune; options given by hand win.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var tuned: String?

    func validate() throws {
        if let k1, !(0...1e9).contains(k1) { throw ValidationError("--k1 \(k1): give 0 to 1e9") }
        if let delta, !(0...1e9).contains(delta) { throw ValidationError("--delta \(delta): give 0 to 1e9") }
        if let b, !(0...1).contains(b) { throw ValidationError("--b \(b): give 0 to 1") }
        if tuned == nil { try checkDelta(with: similarity ?? .lucene) }
    }

    /// BM25 and the weights with what was given by hand, then what was tuned, then the defaults.
    func resolved() throws -> (similarity: BM25, fields: FieldWeights?, fusion: TunedFusion?) {
        let tuned = try tuned.map(TunedParameters.choice(path:))
        let base = tuned?.similarity ?? BM25()
        let variant = similarity ?? base.variant
        try checkDelta(with: variant)
        let bm25 = BM25(
            variant, k1: k1 ?? base.k1, b: b ?? base.b, delta: delta ?? (variant == base.variant ? base.delta : nil))
        return (bm25, fields ?? tuned?.fields, tuned?.fusion)
    }

    private func checkDelta(with variant: BM25Variant) throws {
        if delta != nil, variant.defaultDelta == 0 {
            throw ValidationError(
                "--delta has no meaning for \(variant.rawValue); it goes with --similarity bm25+ or bm25l")
        }
    }

    /// Refuses what has no meaning for vectors.
    func requireNone(_ path: String) throws {
        if fields != nil {
            throw UsageProblem("--fields weighs the fields of a lexical index; \(path) holds vectors")
        }
        let given = [
            ("--similarity", similarity != nil), ("--k1", k1 != nil), ("--b", b != nil), ("--delta", delta != nil),
        ]
        for (name, isGiven) in given where isGiven {
            throw UsageProblem("\(name) belongs to BM25; \(path) is a folder of vectors")
        }
        if tuned != nil { throw UsageProblem("--tuned holds parameters of BM25; \(path) is a folder of vectors") }
    }
}

extension BM25Variant: ExpressibleByArgument {}

extension FieldWeights {
    /// Reads the value of an option; what is wrong with it becomes the message.
    static func argument(_ text: String) throws -> FieldWeights {
        do {
            return try FieldWeights(parsing: text)
        } catch let error as FieldError {
            throw ValidationError("\(error)")
        }
    }
}
