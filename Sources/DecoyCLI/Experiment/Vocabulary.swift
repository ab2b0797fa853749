import Decoy

/// Learns a subword vocabulary from a corpus and its training queries.
enum Vocabulary {
    /// A tokenizer of up to `size` pieces; the order of the input does not matter.
    static func learn(documents: [Document], queries: [Query], size: Int) -> SubwordPipeline {
        var trainer = WordPieceTrainer(vocabularySize: size)
        for document in documents { trainer.add(document.contents) }
        for query in queries { trainer.add(query.text) }
        return SubwordPipeline(vocabulary: trainer.train())
    }
}
