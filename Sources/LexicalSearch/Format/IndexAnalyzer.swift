import TextAnalysis

extension AnalyzerIdentity {
    /// The analyzer that an index says made its terms.
    ///
    /// Throws `SearchError.analyzerMismatch` where this program has none of these options, or one that gives other terms.
    func matchingAnalyzer(index: String) throws -> Analyzer {
        func mismatch(_ reason: String) -> SearchError { .analyzerMismatch(index: index, reason: reason) }
        let analyzer: Analyzer
        do {
            analyzer = try Analyzer(options)
        } catch AnalyzerError.segmentationUnavailable {
            throw AnalyzerError.segmentationUnavailable
        } catch {
            throw mismatch(String(describing: error))
        }
        switch compatibility(with: analyzer.identity) {
        case .compatible: return analyzer
        case .limited(let reason), .incompatible(let reason): throw mismatch(reason)
        }
    }
}
