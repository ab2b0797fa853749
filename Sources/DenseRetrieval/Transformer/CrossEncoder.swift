import Essentials
import NumericKernels
import TextAnalysis

/// A transformer that reads a query and a document together and gives the pair one score (Nogueira and Cho 2019, arXiv:1901.04085).
///
/// Slower than comparing vectors and better: it ranks the first documents of a cheaper ranking again, and serves as a teacher.
public struct CrossEncoder: Sendable {
    /// What makes a score of a logit.
    public enum Activation: String, Sendable, Hashable {
        /// The logistic function 1 / (1 + e⁻ˣ): scores between 0 and 1.
        case sigmoid
        /// The logit itself.
        case identity
    }

    /// Cuts texts into token ids.
    public let tokenizer: any SubwordTokenizer
    /// What stands around and between the two texts.
    public let template: PairTemplate
    /// Longer pairs are cut to this many tokens, special ones included.
    public let longestSequence: Int
    /// What makes scores of logits.
    public let activation: Activation
    /// Whether texts are lowercased before the tokenizer sees them.
    let isLowercasing: Bool
    let model: TransformerModel
    let head: CrossEncoderHead

    /// The shape of the transformer.
    public var config: TransformerConfig { model.config }

    /// The scores of documents for a query, in order.
    ///
    /// Neither threads nor what else is scored at the same time change a bit. The logistic function is taken in double
    /// precision, so that high scores stay apart.
    public func scores(of documents: [String], for query: String, threads: Int = 1) -> [Double] {
        logits(of: documents, for: query, threads: threads).map { logit in
            switch activation {
            case .sigmoid: 1 / (1 + Essentials.exp(-Double(logit)))
            case .identity: Double(logit)
            }
        }
    }

    /// The logits of documents for a query, in order.
    public func logits(of documents: [String], for query: String, threads: Int = 1) -> [Float] {
        let pairs = pairs(documents, query: query, threads: threads)
        let batches = TransformerEncoder.batches(pairs.map(\.ids.count))
        // With several batches each is one thread's work; the products cut their panels alike for every number of threads.
        let inner = batches.count < threads ? threads : 1
        return FixedParallel.map(batches.count, threads: inner == 1 ? threads : 1) { batch in
            let part = pairs[batches[batch]]
            let packed = PackedSequences(part.map(\.ids))
            let hidden = model.hiddenStates(packed, secondParts: part.map(\.second), threads: inner)
            return head.logits(SequencePooling.apply(hidden, sequences: packed, modes: [.first], threads: inner))
        }.flatMap { $0 }
    }

    /// The tokens of each pair and where its second text begins; where there are no token types it begins behind the end.
    func pairs(_ documents: [String], query: String, threads: Int = 1) -> [(ids: [Int32], second: Int)] {
        @Sendable func prepared(_ text: String) -> String { isLowercasing ? text.lowercased() : text }
        let first = tokenizer.encode(prepared(query))
        let size = 64
        return FixedParallel.map((documents.count + size - 1) / size, threads: threads) { piece in
            let part = documents[(piece * size)..<min((piece + 1) * size, documents.count)]
            return tokenizer.encode(part.map(prepared)).map { second in
                let pair = template.ids(first, second, longest: longestSequence)
                return template.marksSecond ? pair : (pair.ids, pair.ids.count)
            }
        }.flatMap { $0 }
    }
}
