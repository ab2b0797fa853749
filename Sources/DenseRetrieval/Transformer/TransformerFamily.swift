/// The encoder families that can be read; they differ in tensor names, places and what is added to the scores of attention.
public enum TransformerFamily: String, Sendable, Hashable, CaseIterable {
    /// BERT and MiniLM.
    case bert
    /// DistilBERT: no token types, names of its own.
    case distilBERT = "distilbert"
    /// RoBERTa: places count from one behind the padding id.
    case roberta
    /// XLM-RoBERTa, as RoBERTa.
    case xlmRoberta = "xlm-roberta"
    /// MPNet: as RoBERTa without token types, with a learnt bias by distance in attention.
    case mpnet

    /// Whether the place of the first token is one behind the padding id, and not 0.
    var countsFromPadding: Bool { self == .roberta || self == .xlmRoberta || self == .mpnet }

    /// Whether there is a row for each type of token.
    var hasTokenTypes: Bool { self != .distilBERT && self != .mpnet }

    /// The pieces before and after a text where the tokenizer does not say.
    var edgePieces: (before: String, after: String) { countsFromPadding ? ("<s>", "</s>") : ("[CLS]", "[SEP]") }
}
