import TextAnalysis

extension Manifest {
    /// The analyzer that made the index's terms.
    ///
    /// Throws `SearchError.analyzerMismatch`, with the command that builds the index anew, where this program has none of these options,
    /// or one that gives other terms.
    func matchingAnalyzer(index: String) throws -> Analyzer {
        func mismatch(_ reason: String) -> SearchError {
            .analyzerMismatch(index: index, reason: reason, remedy: rebuildCommand(index: index))
        }
        let made: Analyzer
        do {
            made = try Analyzer(analyzer.options)
        } catch AnalyzerError.segmentationUnavailable {
            throw AnalyzerError.segmentationUnavailable
        } catch {
            throw mismatch(String(describing: error))
        }
        switch analyzer.compatibility(with: made.identity) {
        case .compatible: return made
        case .limited(let reason), .incompatible(let reason): throw mismatch(reason)
        }
    }

    /// What to type to build the index anew with the same options.
    private func rebuildCommand(index: String) -> String {
        var words = ["decoy index CORPUS... -o", index, "--force"]
        let name = analyzer.options.name
        if name != AnalyzerOptions.english.name {
            words.append("--analyzer \(AnalyzerOptions.knownNames.contains(name) ? name : "FILE.json")")
        }
        if let fields { words.append("--fields \(fields)") }
        if storesPositions == true { words.append("--positions") }
        if !storesText { words.append("--without-text") }
        return words.joined(separator: " ")
    }
}
