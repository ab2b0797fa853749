/// A regular expression of the kind that tokenizers split text by, matched leftmost, alternatives in their order, quantifiers greedy.
///
/// Characters, `.` left out; classes, `\s`, `\p{L}` and its like, groups, `(?i:`, lookahead, `? * + {m,n}` on one character and `?` on
/// a group. All published patterns of GPT-2, cl100k, Llama 3 and Qwen are made of these; anything else is an error when it is read.
struct SplitPattern: Sendable {
    indirect enum Node: Sendable {
        /// Characters of a class, as many as can be and at least `least`.
        case repeated(PatternClass, least: Int, most: Int)
        case group([[Node]], optional: Bool)
        case lookahead([[Node]], negated: Bool)
    }

    private let alternatives: [[Node]]

    init(_ pattern: String) throws {
        var parser = SplitPatternParser(pattern)
        alternatives = try parser.parse()
    }

    /// A text to be found as it stands.
    init(literal text: String) {
        alternatives = [text.unicodeScalars.map { .repeated(PatternClass($0.value), least: 1, most: 1) }]
    }

    /// Matches and what lies between them, in order and without gaps.
    func stretches(_ text: [UInt32]) -> [SplitBehavior.Stretch] {
        var stretches: [SplitBehavior.Stretch] = []
        var first = 0
        var i = 0
        text.withUnsafeBufferPointer { text in
            while i < text.count {
                guard let end = match(text, at: i), end > i else {
                    i += 1
                    continue
                }
                if first < i { stretches.append(.init(range: first..<i, isMatch: false)) }
                stretches.append(.init(range: i..<end, isMatch: true))
                i = end
                first = end
            }
        }
        if first < text.count { stretches.append(.init(range: first..<text.count, isMatch: false)) }
        return stretches
    }

    private func match(_ text: UnsafeBufferPointer<UInt32>, at i: Int) -> Int? {
        for nodes in alternatives {
            if let end = match(nodes[...], text, i, { $0 }) { return end }
        }
        return nil
    }

    private func match(
        _ nodes: ArraySlice<Node>, _ text: UnsafeBufferPointer<UInt32>, _ i: Int, _ rest: (Int) -> Int?
    ) -> Int? {
        guard let node = nodes.first else { return rest(i) }
        let following = nodes.dropFirst()
        switch node {
        case .repeated(let characters, let least, let most):
            var count = 0
            while count < most, i + count < text.count, characters.contains(text[i + count]) { count += 1 }
            while count >= least {
                if let end = match(following, text, i + count, rest) { return end }
                count -= 1
            }
            return nil
        case .group(let alternatives, let optional):
            for nodes in alternatives {
                if let end = match(nodes[...], text, i, { match(following, text, $0, rest) }) { return end }
            }
            return optional ? match(following, text, i, rest) : nil
        case .lookahead(let alternatives, let negated):
            let found = alternatives.contains { match($0[...], text, i, { $0 }) != nil }
            return found == negated ? nil : match(following, text, i, rest)
        }
    }
}
