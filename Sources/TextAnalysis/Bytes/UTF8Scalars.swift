/// A term as Unicode scalars: what a normalization step works on where bytes would be hard to read.
enum UTF8Scalars {
    /// The scalars of a term; ill-formed bytes become U+FFFD.
    static func decode(_ term: [UInt8]) -> [Unicode.Scalar] {
        Array(String(decoding: term, as: UTF8.self).unicodeScalars)
    }

    /// Replaces the content of `term` by the UTF-8 of the scalars.
    static func encode(_ scalars: some Sequence<Unicode.Scalar>, to term: inout [UInt8]) {
        term.removeAll(keepingCapacity: true)
        for scalar in scalars { UTF8Bytes.append(scalar.value, to: &term) }
    }

    /// Replaces each scalar of a term by another one, or by nothing.
    static func map(_ term: inout [UInt8], _ replacement: (Unicode.Scalar) -> Unicode.Scalar?) {
        encode(decode(term).compactMap(replacement), to: &term)
    }

    /// Whether a term has ASCII only.
    static func isASCII(_ term: [UInt8]) -> Bool { term.allSatisfy { $0 < 0x80 } }
}
