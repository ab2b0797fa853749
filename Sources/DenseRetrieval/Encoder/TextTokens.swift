import DurableStorage
import NumericKernels

/// The tokens of many texts in the form that a kind of encoder takes.
package enum TextTokens: Sendable {
    /// Bags, for a mean of token rows.
    case bags(TokenBags)
    /// Sequences with special tokens, cut to the longest one, for a transformer.
    case sequences([[Int32]])

    /// The number of texts.
    package var count: Int {
        switch self {
        case .bags(let bags): bags.count
        case .sequences(let sequences): sequences.count
        }
    }

    /// The bags; none where these are sequences.
    package var bags: TokenBags {
        switch self {
        case .bags(let bags): bags
        case .sequences: TokenBags(vocabularySize: 0)
        }
    }

    /// The sequences; none where these are bags.
    package var sequences: [[Int32]] {
        switch self {
        case .bags: []
        case .sequences(let sequences): sequences
        }
    }

    /// Whether an encoder takes tokens of this form.
    func fit(_ encoder: TextEncoder) -> Bool {
        switch (self, encoder) {
        case (.bags(let bags), .table(let table)): bags.vocabularySize == table.tokenizer.vocabularySize
        case (.sequences(let sequences), .transformer(let transformer)):
            sequences.allSatisfy { sequence in
                sequence.count <= transformer.config.longestSequence
                    && sequence.allSatisfy { $0 >= 0 && Int($0) < transformer.config.vocabularySize }
            }
        case (.bags, .transformer), (.sequences, .table): false
        }
    }
}

extension CRC32C {
    /// Adds the tokens of texts.
    mutating func update(_ tokens: TextTokens) {
        switch tokens {
        case .bags(let bags):
            update([Int64(bags.vocabularySize)])
            update(bags.offsets)
            update(bags.ids)
            update(bags.weights)
        case .sequences(let sequences): update(lists: sequences)
        }
    }
}
