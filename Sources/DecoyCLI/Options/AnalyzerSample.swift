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

    /// The analyzer for documents like these, and why.
    static func choose(_ sample: some Sequence<Document>) throws -> (options: AnalyzerOptions, note: String?) {
        var detector = LanguageDetector()
        for document in sample.prefix(documents) {
            detector.add(document.title)
            detector.add(document.text)
        }
        let guess = detector.guess()
        return (try AnalyzerOptions(named: guess.profile), "analyzer \(guess.profile): \(guess.evidence)")
    }
}
