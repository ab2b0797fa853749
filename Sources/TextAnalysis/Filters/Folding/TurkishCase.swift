/// Lowercases the two letters i of Turkish and Azerbaijani, before the case folding that does not know their language.
///
/// `I`, in full width too, becomes `ı` (U+0131); `İ` (U+0130), and `I` or `i` with U+0307 behind it, become `i`. Circumflexes go:
/// `hâlâ` and `hala` are one word to most writers. Everything else stays for case folding, which leaves `ı` and `i` as they are.
/// Source: the conditional mappings `tr` and `az` of Unicode's SpecialCasing.txt; U+0307 must follow at once, and several count as one.
enum TurkishCase {
    static func apply(to term: inout [UInt8]) {
        guard term.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "I") }) else { return }
        let scalars = UTF8Scalars.decode(term)
        var result: [Unicode.Scalar] = []
        for (i, scalar) in scalars.enumerated() {
            let next = i + 1 < scalars.count ? scalars[i + 1] : nil
            switch scalar {
            case "I", "\u{FF29}": result.append(next == "\u{307}" || next == "\u{302}" ? "i" : "ı")
            case "İ": result.append("i")
            case "\u{307}" where result.last == "i": break
            case "â": result.append("a")
            case "Â": result.append("A")
            case "î", "Î": result.append("i")
            case "û": result.append("u")
            case "Û": result.append("U")
            case "\u{302}" where result.last.map("aAiuU".unicodeScalars.contains) == true: break
            default: result.append(scalar)
            }
        }
        UTF8Scalars.encode(result, to: &term)
    }
}
