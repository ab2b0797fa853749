import Decoy

/// Chooses an analyzer by the first documents of a corpus.
enum AnalyzerSample {
    /// The most documents that are looked at.
    static let documents = 2000
    /// The most bytes of text that are looked at.
    static let bytes = 2 << 20

    /// What was seen of a sample so far.
    struct Size {
        private var documents = 0
        private var bytes = 0

        /// Whether the sample is large enough with these documents.
        mutating func isEnough(with batch: [Document]) -> Bool {
            documents += batch.count
            bytes += batch.reduce(0) { $0 + $1.text.utf8.count }
            return documents >= AnalyzerSample.documents || bytes >= AnalyzerSample.bytes
        }
    }

    /// What to tell a user who named no analyzer and whose documents are not in English; nil where they may well be.
    ///
    /// The detector's tables take some 20 ms to make, so it is asked only where more than one byte in a hundred is not ASCII.
    static func suggestion(for documents: [Document], taken: String) -> String? {
        var (bytes, others) = (0, 0)
        for document in documents.prefix(200) {
            bytes += document.text.utf8.count
            others += document.text.utf8.count { $0 >= 0x80 }
        }
        guard others * 100 > bytes else { return nil }
        let guess = guess(documents.prefix(200))
        if guess.profile == taken { return nil }
        return """
            analyzed as \(taken), but the documents ask for \(guess.profile) (\(guess.evidence)): \
            consider --analyzer \(guess.profile)
            """
    }

    private static func guess(_ sample: some Sequence<Document>) -> LanguageGuess {
        var detector = LanguageDetector()
        for document in sample {
            detector.add(document.title)
            detector.add(document.text)
        }
        return detector.guess()
    }

    /// The analyzer for documents like these, and why.
    static func choose(_ sample: some Sequence<Document>) throws -> (options: AnalyzerOptions, note: String?) {
        let guess = guess(sample.prefix(documents))
        return (try AnalyzerOptions(named: guess.profile), "analyzer \(guess.profile): \(guess.evidence)")
    }
}
