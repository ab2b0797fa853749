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
        words += analyzerWords
        if let fields { words.append("--fields \(fields)") }
        if storesPositions == true { words.append("--positions") }
        if !storesText { words.append("--without-text") }
        return words.joined(separator: " ")
    }

    /// The options that name the analyzer, and its segmentation where that may not be its own.
    private var analyzerWords: [String] {
        let options = analyzer.options
        let profile = try? AnalyzerOptions(named: options.name)
        // Of an analyzer of another pipeline version only the name is known.
        let isKnown = analyzer.version == AnalyzerIdentity.currentVersion
        var words: [String] = []
        if let profile, !isKnown || options.isLike(profile) {
            if profile != .english { words.append("--analyzer \(profile.name)") }
            if !isKnown || options == profile { return words }
        } else {
            words.append("--analyzer FILE.json")
            if !isKnown || options.tokenizer != .words { return words }
        }
        return words + ["--segmentation \(options.segmentation.rawValue)"]
    }
}

extension AnalyzerOptions {
    /// Whether the two differ in nothing but segmentation.
    fileprivate func isLike(_ other: AnalyzerOptions) -> Bool {
        var options = self
        options.segmentation = other.segmentation
        return options == other
    }
}
