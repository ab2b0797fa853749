import TextAnalysis

/// Cuts a text into the ids of a fixed vocabulary.
///
/// The seam between encoders and the tokenizers of `TextAnalysis`.
public protocol SubwordTokenizer: Sendable {
    /// The ids are 0 up to but not including this number.
    var vocabularySize: Int { get }

    /// The ids of a text, without special tokens and without truncation.
    func encode(_ text: String) -> [Int32]

    /// The ids of several texts, each as `encode(_:)` gives them; a tokenizer may keep what it learns from one text for the next.
    func encode(_ texts: [String]) -> [[Int32]]

    /// The tokenizer as a Hugging Face `tokenizer.json` file, with truncation and padding off.
    func tokenizerJSON() -> String
}

extension SubwordTokenizer {
    /// The ids of several texts, one after the other.
    public func encode(_ texts: [String]) -> [[Int32]] { texts.map { encode($0) } }
}

extension SubwordPipeline: SubwordTokenizer {}
