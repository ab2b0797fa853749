/// Cuts text into tokens and leaves them as they are: the first step of an analyzer, alone.
///
/// For one thread; make one and use it for many texts.
public final class Segmenter {
    /// How text of scripts without spaces is cut.
    public let segmentation: Segmentation
    private let icu = ICUWords()
    private let classes: UnsafeMutablePointer<UInt8>

    /// A segmenter; throws ``AnalyzerError/segmentationUnavailable`` where ICU has no data.
    public init(_ segmentation: Segmentation = .words) throws {
        guard ICUWords.isAvailable() else { throw AnalyzerError.segmentationUnavailable }
        self.segmentation = segmentation
        classes = .allocate(capacity: 256)
        for (i, value) in ByteClass.table.enumerated() { (classes + i).initialize(to: value) }
    }

    deinit { classes.deallocate() }

    /// Calls `body` with each token of bytes that should be UTF-8, in order of start: its range in bytes, its kind, and how far its position lies
    /// from that of the token before, or from −1 for the first.
    ///
    /// Tokens that begin at the same character share a position (an advance of 0). Both ends lie on character boundaries. Complexity: linear
    /// in the bytes but for ICU's dictionaries.
    public func forEachToken(
        in utf8: UnsafeBufferPointer<UInt8>,
        _ body: (_ start: Int, _ end: Int, _ status: TokenStatus, _ advance: Int) -> Void
    ) {
        segmentation.forEachSpan(in: utf8, classes: classes, icu: icu) { start, end, status, advance in
            body(start, end, TokenStatus(ruleStatus: status), advance)
        }
    }
}
