import Testing

@testable import RetrievalData

struct IdentifierBytesTests {
    @Test("The characters that are known to be equivalent to one of ASCII are all of them.")
    func equivalents() {
        let ascii = Dictionary(
            uniqueKeysWithValues: (0..<0x80).map { (String(Unicode.Scalar(UInt8($0))), Unicode.Scalar(UInt8($0))) })
        var found: [Unicode.Scalar: Unicode.Scalar] = [:]
        for value in UInt32(0x80)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            found[scalar] = ascii[String(scalar)]
        }
        #expect(found == IdentifierBytes.equivalentToASCII)
    }
}
