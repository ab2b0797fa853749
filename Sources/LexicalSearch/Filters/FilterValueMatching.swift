extension FilterValue {
    /// How a stored value compares with this one: −1, 0 or 1; nil where the two cannot be compared, and so are not equal.
    ///
    /// Numbers compare with numbers and with strings that spell a number, by value. Truth values compare with truth values and with the
    /// strings `true` and `false`. Strings compare with strings, byte by byte. A longer string than are kept equals none.
    func order(of kind: MetadataKind, _ bytes: UnsafeRawBufferPointer) -> Int? {
        switch (self, kind) {
        case (.number(let number), .number): return MetadataKind.number(of: bytes).map { Self.order($0, number) }
        case (.number(let number), .string): return JSONNumber.value(bytes).map { Self.order($0, number) }
        case (.boolean(let truth), .boolean): return Self.order(bytes.first == 1, truth)
        case (.boolean(let truth), .string):
            if bytes.elementsEqual("true".utf8) { return Self.order(true, truth) }
            return bytes.elementsEqual("false".utf8) ? Self.order(false, truth) : nil
        case (.string(let text), .string):
            var text = text
            return text.withUTF8 { ByteOrder.compare(bytes, UnsafeRawBufferPointer($0)).signum() }
        default: return nil
        }
    }

    /// Whether a comparison of a stored value with this one holds.
    func matches(_ comparison: FilterComparison, _ kind: MetadataKind, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let order = order(of: kind, bytes) else { return comparison == .notEqual }
        return comparison.holds(order)
    }

    /// The lowest and the highest stored values of a kind for which the comparison can hold, nil where there is no such bound; nil
    /// where it holds for none.
    func bounds(_ comparison: FilterComparison, _ kind: MetadataKind) -> (lower: [UInt8]?, upper: [UInt8]?)? {
        if comparison == .notEqual { return (nil, nil) }
        var value: [UInt8]
        switch (self, kind) {
        case (.number(let number), .number): value = MetadataKind.bytes(of: number)
        case (.string(let text), .string): value = Array(text.utf8)
        // Every text that spells a number begins with a sign or a digit.
        case (.number, .string): return (Array("-".utf8), Array(":".utf8))
        case (.boolean, .boolean), (.boolean, .string): return (nil, nil)
        default: return nil
        }
        switch comparison {
        case .equal, .notEqual: return (value, value)
        case .less, .lessOrEqual: return (nil, value)
        case .greater, .greaterOrEqual: return (value, nil)
        }
    }

    private static func order(_ one: Double, _ other: Double) -> Int { one < other ? -1 : one > other ? 1 : 0 }

    private static func order(_ one: Bool, _ other: Bool) -> Int { (one ? 1 : 0) - (other ? 1 : 0) }
}
