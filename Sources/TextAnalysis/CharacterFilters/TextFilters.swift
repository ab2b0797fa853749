/// The character filters of an analyzer, made ready for one thread.
struct TextFilters {
    private enum Step {
        case html
        case mapping(StringMapping)
    }

    private let steps: [Step]

    init(_ filters: [CharacterFilter]) {
        steps = filters.map { filter in
            switch filter {
            case .html: .html
            case .mapping(let pairs): .mapping(StringMapping(pairs))
            }
        }
    }

    /// Whether there is nothing to do.
    var isEmpty: Bool { steps.isEmpty }

    /// The text after all filters, one `FilteredText` for each that changed something.
    func apply(to text: UnsafeBufferPointer<UInt8>) -> [FilteredText] {
        var results: [FilteredText] = []
        for step in steps {
            func filtered(_ bytes: UnsafeBufferPointer<UInt8>) -> FilteredText {
                switch step {
                case .html: HTMLStripper.apply(to: bytes)
                case .mapping(let mapping): mapping.apply(to: bytes)
                }
            }
            let result = results.last.map { $0.bytes.withUnsafeBufferPointer(filtered) } ?? filtered(text)
            if !result.isUnchanged { results.append(result) }
        }
        return results
    }
}

extension [FilteredText] {
    /// The range of the text before all filters that a range after them was made of.
    func original(of range: Range<Int>) -> Range<Int> { reversed().reduce(range) { $1.original(of: $0) } }
}
