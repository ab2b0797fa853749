/// What a tokenizer puts around and between the two texts of a pair, such as `[CLS] a [SEP] b [SEP]`.
public struct PairTemplate: Sendable, Hashable {
    /// The ids before the first text.
    public var before: [Int32]
    /// The ids between the texts.
    public var between: [Int32]
    /// The ids after the second text.
    public var after: [Int32]
    /// Whether the second text and what follows it are of token type 1; all else is of type 0.
    public var marksSecond: Bool

    /// A template from its parts.
    public init(before: [Int32], between: [Int32], after: [Int32], marksSecond: Bool) {
        self.before = before
        self.between = between
        self.after = after
        self.marksSecond = marksSecond
    }

    /// The number of special tokens.
    public var count: Int { before.count + between.count + after.count }

    /// How many tokens of each text stay where both together may have `room`.
    ///
    /// The longer text is cut to what the shorter leaves; where each is longer than half of the room both are cut to half, the second one
    /// getting the odd token, or the first one where it is the longer. This is the strategy `longest_first` of Hugging Face's tokenizers.
    package static func longestFirst(_ first: Int, _ second: Int, room: Int) -> (first: Int, second: Int) {
        let room = max(0, room)
        let shorter = min(first, second)
        let longer = max(first, second)
        if shorter + longer <= room { return (first, second) }
        var lengths = (shorter: shorter, longer: shorter > room ? shorter : max(shorter, room - shorter))
        if lengths.shorter + lengths.longer > room { lengths = (room / 2, room / 2 + room % 2) }
        return first > second ? (lengths.longer, lengths.shorter) : (lengths.shorter, lengths.longer)
    }

    /// The ids of a pair of no more than `longest` tokens, and where the second text begins.
    ///
    /// Texts are cut at their ends, the longer one first.
    public func ids(_ first: [Int32], _ second: [Int32], longest: Int = .max) -> (ids: [Int32], second: Int) {
        let kept = Self.longestFirst(first.count, second.count, room: longest - count)
        let head = before + first.prefix(kept.first) + between
        return (head + second.prefix(kept.second) + after, head.count)
    }
}

extension PairTemplate {
    /// The template of a post-processor; nil where it says nothing about pairs.
    static func read(_ value: JSONValue?) throws -> PairTemplate? {
        guard let value else { return nil }
        switch value.type {
        case "BertProcessing":
            let (before, after) = try SpecialTokens.read(value)
            return PairTemplate(before: before, between: after, after: after, marksSecond: true)
        case "RobertaProcessing":
            let (before, after) = try SpecialTokens.read(value)
            return PairTemplate(before: before, between: after + after, after: after, marksSecond: false)
        case "TemplateProcessing": return try template(value)
        case "Sequence": return try value.items("processors").lazy.compactMap { try read($0) }.first
        default: return nil
        }
    }

    /// Reads `pair` of a template: the texts once each, in their order, with token type 0 up to the second text and one type from there on.
    private static func template(_ value: JSONValue) throws -> PairTemplate? {
        var parts: [[Int32]] = [[]]
        var types: [[Int]] = [[]]
        for item in try value.items("pair") {
            if let text = item["Sequence"] {
                guard parts.count < 3, text["id"]?.string == ["A", "B"][parts.count - 1] else { return nil }
                parts.append([])
                types.append([text["type_id"]?.integer ?? 0])
            } else {
                parts[parts.count - 1] += try SpecialTokens.ids(of: item, in: value)
                types[parts.count - 1].append(item["SpecialToken"]?["type_id"]?.integer ?? 0)
            }
        }
        guard parts.count == 3 else { return nil }
        let second = types[2].first ?? 0
        guard (types[0] + types[1]).allSatisfy({ $0 == 0 }), types[2].allSatisfy({ $0 == second }),
            second == 0 || second == 1
        else { return nil }
        return PairTemplate(before: parts[0], between: parts[1], after: parts[2], marksSecond: second == 1)
    }
}
