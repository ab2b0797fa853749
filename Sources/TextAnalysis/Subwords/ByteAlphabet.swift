/// The 256 visible characters that stand for bytes in byte-level models (`bytes_to_unicode` of GPT-2).
enum ByteAlphabet {
    /// The character of each byte: itself where it is visible Latin-1, else the next free one from U+0100 on.
    static let characters: [UInt32] = {
        var next: UInt32 = 0x100
        return (UInt32(0)..<256).map { byte in
            if (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte) {
                return byte
            }
            defer { next += 1 }
            return next
        }
    }()

    /// Replaces each character by those of its UTF-8 bytes.
    static func encode(_ text: inout [UInt32]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + 8)
        for scalar in text { UTF8Bytes.append(scalar, to: &bytes) }
        text.removeAll(keepingCapacity: true)
        for byte in bytes { text.append(characters[Int(byte)]) }
    }
}
