import CICU

/// NFKC_Casefold, and the repair of ill-formed UTF-8, of one token.
enum CaseFolding {
    /// Folds a token; ill-formed bytes become U+FFFD.
    static func apply(to term: inout [UInt8]) {
        if term.allSatisfy({ $0 < 0x80 }) {
            for i in term.indices where term[i] >= UInt8(ascii: "A") && term[i] <= UInt8(ascii: "Z") { term[i] |= 0x20 }
        } else {
            replace(&term, cicu_nfkc_casefold)
        }
    }

    /// Replaces ill-formed bytes by U+FFFD.
    static func repair(_ term: inout [UInt8]) {
        if !term.allSatisfy({ $0 < 0x80 }) { replace(&term, cicu_repair) }
    }

    /// NFKC_Casefold makes at most 18 characters of one, each of at most three bytes where one byte was two or more.
    private static func replace(
        _ term: inout [UInt8], _ function: (UnsafePointer<UInt8>?, Int32, UnsafeMutablePointer<UInt8>?, Int32) -> Int32
    ) {
        let input = term.prefix(Int(CICU_MAXIMUM_INPUT))
        let length = Int32(input.count)
        let output: [UInt8] = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: input.count * 56) { buffer in
            let capacity = Int32(buffer.count)
            let written = input.withUnsafeBufferPointer {
                function($0.baseAddress, length, buffer.baseAddress, capacity)
            }
            return Array(buffer[..<max(0, min(Int(written), buffer.count))])
        }
        term = output
    }
}
