/// Percent-encoding of URLs (RFC 3986, section 2.1).
enum PercentEncoding {
    /// The text that bytes of a URL stand for; nil where an escape is broken or the result is not UTF-8.
    ///
    /// In a form's encoding a plus is a space.
    static func decoded(_ bytes: some Collection<UInt8>, isForm: Bool) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            bytes.formIndex(after: &place)
            if byte == UInt8(ascii: "%") {
                var value: UInt8 = 0
                for _ in 0..<2 {
                    guard place < bytes.endIndex, let digit = digit(bytes[place]) else { return nil }
                    value = value << 4 | digit
                    bytes.formIndex(after: &place)
                }
                result.append(value)
            } else {
                result.append(isForm && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(validating: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
