import Essentials

/// Writes JSON whose bytes depend on the value alone: keys sorted, two spaces of indentation, numbers as the shortest decimal that reads
/// back as the same number, a newline at the end.
public enum StableJSON {
    /// The JSON text; throws `EncodingError` for numbers that JSON cannot hold.
    public static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
