/// Several terms in one byte string: each after a byte with its length.
enum TermList {
    /// The most bytes of a list; terms beyond are left out.
    static let maximum = 1 << 15

    static func encode(_ terms: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for term in terms where term.count <= TermLength.maximum && bytes.count + term.count < maximum {
            bytes.append(UInt8(term.count))
            bytes += term
        }
        return bytes
    }

    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [[UInt8]] {
        var terms: [[UInt8]] = []
        var i = 0
        while i < bytes.count {
            let end = i + 1 + Int(bytes[i])
            terms.append(Array(bytes[(i + 1)..<end]))
            i = end
        }
        return terms
    }
}
