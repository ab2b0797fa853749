import CSnowball

/// One stemmer for one thread: Porter's as in Lucene, or an algorithm of Snowball.
final class Stemmer {
    private var porter: PorterStemmer?
    private let snowball: OpaquePointer?

    /// `none`, `porter`, `porter2` and Snowball's algorithms.
    static let knownNames: [String] = {
        var names = ["none", "porter", "porter2"]
        var list = csnowball_algorithms()
        while let pointer = list?.pointee {
            let name = String(cString: pointer)
            if name != "porter" { names.append(name) }
            list = list?.advanced(by: 1)
        }
        return names
    }()

    /// The stemmer of that name; throws ``AnalyzerError`` where there is none.
    init(named name: String) throws {
        switch name {
        case "none": snowball = nil
        case "porter":
            porter = PorterStemmer()
            snowball = nil
        default:
            guard Self.knownNames.contains(name), let stemmer = csnowball_open(name == "porter2" ? "english" : name)
            else {
                throw AnalyzerError.unknownStemmer(name: name, known: Self.knownNames)
            }
            snowball = stemmer
        }
    }

    deinit { csnowball_close(snowball) }

    /// Replaces a word of well-formed UTF-8 by its stem; a stem that would be empty leaves the word as it is.
    func stem(_ word: inout [UInt8]) {
        if porter != nil {
            porter?.stem(&word)
        } else if let snowball {
            var length: Int32 = 0
            let count = Int32(word.count)
            guard let stem = csnowball_stem(snowball, word, count, &length), length > 0 else { return }
            word.replaceSubrange(word.indices, with: UnsafeBufferPointer(start: stem, count: Int(length)))
        }
    }
}
