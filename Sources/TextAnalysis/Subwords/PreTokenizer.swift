/// How text is cut into parts that the model sees one at a time: the pre-tokenizers of Hugging Face's tokenizers.
indirect enum PreTokenizer: Sendable {
    /// Which parts Metaspace puts its character before.
    enum Prepending: String, Sendable { case first, always, never }

    case sequence([PreTokenizer])
    case bert
    case whitespace
    case whitespaceSplit
    case byteLevel(prefixSpace: Bool, pattern: SplitPattern?)
    case metaspace(UInt32, Prepending, split: Bool)
    case split(SplitPattern, SplitBehavior, inverted: Bool)
    case digits(individual: Bool)
    case punctuation(SplitBehavior)

    /// A part of the text.
    struct Part {
        var scalars: [UInt32]
        /// Whether it begins where the text begins.
        var isFirst: Bool
    }

    /// Cuts each part further; empty parts are dropped.
    func apply(_ parts: [Part]) -> [Part] {
        switch self {
        case .sequence(let steps): steps.reduce(parts) { $1.apply($0) }
        case .bert:
            Self.cut(Self.cut(parts, .removed) { Self.isSpace($0) }, .isolated) {
                BertCharacter.of($0).contains(.punctuation)
            }
        case .whitespace: parts.flatMap { Self.words($0) }
        case .whitespaceSplit: Self.cut(parts, .removed) { Self.isSpace($0) }
        case .byteLevel(let prefixSpace, let pattern): parts.flatMap { Self.bytes($0, prefixSpace, pattern) }
        case .metaspace(let mark, let prepending, let split):
            parts.flatMap { Self.metaspace($0, mark, prepending, split) }
        case .split(let pattern, let behavior, let inverted):
            parts.flatMap { part in
                let stretches = pattern.stretches(part.scalars).map {
                    SplitBehavior.Stretch(range: $0.range, isMatch: $0.isMatch != inverted)
                }
                return Self.pieces(of: part, behavior.parts(stretches))
            }
        case .digits(let individual):
            Self.cut(parts, individual ? .isolated : .contiguous) { UnicodeCharacter.isNumeric($0) }
        case .punctuation(let behavior):
            Self.cut(parts, behavior) { BertCharacter.of($0).contains(.punctuation) }
        }
    }

    private static func isSpace(_ c: UInt32) -> Bool { BertCharacter.of(c).contains(.whitespace) }

    private static func pieces(of part: Part, _ ranges: [Range<Int>]) -> [Part] {
        ranges.compactMap { range in
            if range.isEmpty { return nil }
            return Part(scalars: Array(part.scalars[range]), isFirst: part.isFirst && range.lowerBound == 0)
        }
    }

    /// Splits at single characters.
    private static func cut(
        _ parts: [Part], _ behavior: SplitBehavior, _ isDelimiter: (UInt32) -> Bool
    ) -> [Part] {
        parts.flatMap { pieces(of: $0, behavior.parts(stretches($0.scalars, isDelimiter))) }
    }

    private static func stretches(
        _ text: [UInt32], _ isDelimiter: (UInt32) -> Bool
    ) -> [SplitBehavior.Stretch] {
        var stretches: [SplitBehavior.Stretch] = []
        var first = 0
        for i in text.indices where isDelimiter(text[i]) {
            if first < i { stretches.append(.init(range: first..<i, isMatch: false)) }
            stretches.append(.init(range: i..<(i + 1), isMatch: true))
            first = i + 1
        }
        if first < text.count { stretches.append(.init(range: first..<text.count, isMatch: false)) }
        return stretches
    }

    /// `\w+|[^\w\s]+`.
    private static func words(_ part: Part) -> [Part] {
        let kind = { (c: UInt32) in isSpace(c) ? 0 : UnicodeCharacter.isWord(c) ? 1 : 2 }
        var ranges: [Range<Int>] = []
        var first = 0
        while first < part.scalars.count {
            let own = kind(part.scalars[first])
            let end = part.scalars[first...].firstIndex { kind($0) != own } ?? part.scalars.count
            if own != 0 { ranges.append(first..<end) }
            first = end
        }
        return pieces(of: part, ranges)
    }

    private static func bytes(_ part: Part, _ prefixSpace: Bool, _ pattern: SplitPattern?) -> [Part] {
        var part = part
        if prefixSpace, part.scalars.first != 0x20 { part.scalars.insert(0x20, at: 0) }
        var parts = [part]
        if let pattern { parts = pieces(of: part, pattern.stretches(part.scalars).map(\.range)) }
        for i in parts.indices { ByteAlphabet.encode(&parts[i].scalars) }
        return parts
    }

    private static func metaspace(_ part: Part, _ mark: UInt32, _ prepending: Prepending, _ split: Bool) -> [Part] {
        var part = part
        for i in part.scalars.indices where part.scalars[i] == 0x20 { part.scalars[i] = mark }
        let prepends = prepending == .always || prepending == .first && part.isFirst
        if prepends, part.scalars.first != mark { part.scalars.insert(mark, at: 0) }
        return split ? cut([part], .mergedWithNext) { $0 == mark } : [part]
    }
}
