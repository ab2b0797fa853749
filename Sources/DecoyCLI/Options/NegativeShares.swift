import ArgumentParser
import Decoy

/// A source of negatives that `--mix` knows by name.
enum MixedSource: String, CaseIterable {
    case bm25, dense, hybrid, neighbours, random
}

/// The value of `--mix`: sources with their shares.
struct NegativeShares: ExpressibleByArgument {
    /// The sources in the order of the text, each once.
    let shares: [(source: MixedSource, share: Int)]

    /// The sum of the shares.
    var total: Int { shares.reduce(0) { $0 + $1.share } }

    /// Reads `bm25=3,dense=2,random=1`; nil for anything else.
    init?(argument: String) {
        var shares: [(source: MixedSource, share: Int)] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let source = MixedSource(rawValue: String(sides[0])),
                let share = Int(sides[1]), (1...1_000_000).contains(share),
                !shares.contains(where: { $0.source == source })
            else { return nil }
            shares.append((source, share))
        }
        self.shares = shares
    }

    /// The mixture of an opened retriever's parts.
    func mixture(of opened: RetrieverOptions.Opened) throws -> NegativeMixture {
        NegativeMixture(
            try shares.map { source, share in
                NegativeMixture.Source(name: source.rawValue, share: share, kind: try Self.kind(source, of: opened))
            })
    }

    private static func kind(_ source: MixedSource, of opened: RetrieverOptions.Opened) throws -> NegativeMixture.Kind {
        switch source {
        case .random: return .random
        case .neighbours: return .neighbours(opened.candidates)
        case .bm25: return .retriever(opened.lexical ?? opened.candidates)
        case .dense:
            guard let dense = opened.dense else {
                throw UsageProblem("--mix dense=… needs --dense VECTORS and --model MODEL")
            }
            return .retriever(dense)
        case .hybrid:
            guard opened.dense != nil else {
                throw UsageProblem("--mix hybrid=… needs --dense VECTORS and --model MODEL")
            }
            return .retriever(opened.candidates)
        }
    }
}
