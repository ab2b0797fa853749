/// The versions of the libraries that cut and stem text.
package enum TextLibraries {
    /// ICU's version with Unicode's, such as `72.1 (Unicode 15.0)`; nil where ICU's data cannot be loaded.
    package static var icu: String? {
        guard ICUWords.isAvailable(), let identity = try? Analyzer(named: "icu").identity else { return nil }
        return "\(identity.icuVersion) (Unicode \(identity.unicodeVersion))"
    }

    /// How many algorithms Snowball has; the library does not state its version.
    package static var snowballAlgorithms: Int { Stemmer.knownNames.count - 2 }
}
