/// The forms of BM25 that can be chosen by name.
///
/// In all of them a document of length dl in a collection of N documents with at least one term, with average length avgdl, gets from a
/// term that occurs tf > 0 times in it, in n documents of the collection and q times in the query, with
/// K = k1 · (1 − b + b · dl / avgdl):
///
/// | name | contribution |
/// |---|---|
/// | `lucene` | q · ln(1 + (N − n + 0.5) / (n + 0.5)) · tf / (tf + K) |
/// | `robertson` | q · max(0, ln((N − n + 0.5) / (n + 0.5))) · tf / (tf + K) |
/// | `atire` | q · ln(N / n) · (k1 + 1) · tf / (tf + K) |
/// | `bm25+` | q · ln((N + 1) / n) · (δ + (k1 + 1) · tf / (tf + K)) |
/// | `bm25l` | q · ln((N + 1) / (n + 0.5)) · (k1 + 1) · (c + δ) / (k1 + c + δ), c = tf · k1 / K |
/// | `lucene-1byte` | as `lucene`, in Lucene's own arithmetic, dl rounded down to a length that fits a byte |
///
/// A term that a document lacks contributes nothing, in `bm25+` and `bm25l` too (their papers sum over the terms in both). Kamphuis,
/// de Vries, Boytsov and Lin, "Which BM25 Do You Mean? A Large-Scale Reproducibility Study of Scoring Variants", ECIR 2020, table 1,
/// lists the formulas side by side.
public enum BM25Variant: String, Codable, Sendable, Hashable, CaseIterable {
    /// With the idf that Lucene uses, which is never negative, and exact lengths (Lucene 8 and later without the factor k1 + 1).
    case lucene
    /// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in Information Retrieval
    /// 3(4), 2009, equations (3.14) and (3.15); an idf below 0, of a term in more than half of the documents, is taken for 0.
    case robertson
    /// Trotman, Jia and Crane, "Towards an Efficient and Effective Search Engine", SIGIR 2012 Workshop on Open Source Information
    /// Retrieval, section 3.3.
    case atire
    /// Lv and Zhai, "Lower-Bounding Term Frequency Normalization", CIKM 2011, equation (10); δ is 1 unless given.
    case bm25Plus = "bm25+"
    /// Lv and Zhai, "When Documents Are Very Long, BM25 Fails!", SIGIR 2011, equation (4); δ is 0.5 unless given.
    case bm25L = "bm25l"
    /// As Lucene's `BM25Similarity` computes it, bit by bit: single precision, lengths as `SmallFloat.intToByte4` stores them.
    case luceneOneByte = "lucene-1byte"

    /// The δ of the variant's paper; 0 where the variant has none.
    public var defaultDelta: Double {
        switch self {
        case .bm25Plus: 1
        case .bm25L: 0.5
        case .lucene, .robertson, .atire, .luceneOneByte: 0
        }
    }
}
