import NumericKernels

extension TokenBags {
    /// The bags of many texts, cut into tokens on several threads.
    init(_ texts: [String], tokenizer: any SubwordTokenizer, threads: Int) {
        self.init(vocabularySize: tokenizer.vocabularySize)
        let size = 256
        let pieces = FixedParallel.map((texts.count + size - 1) / size, threads: threads) { piece in
            var bags = TokenBags(vocabularySize: tokenizer.vocabularySize)
            let part = Array(texts[(piece * size)..<min((piece + 1) * size, texts.count)])
            for tokens in tokenizer.encode(part) { bags.append(tokens) }
            return bags
        }
        for piece in pieces { append(piece) }
    }
}
