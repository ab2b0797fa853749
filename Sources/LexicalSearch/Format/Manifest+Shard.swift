import Essentials
import RetrievalData

extension Manifest {
    /// The hash of what an index's answers depend on beside its documents: format, analyzer, fields, positions, stored text.
    var optionsDigest: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var digest = InputDigest()
            digest.add("index \(format)")
            digest.add(String(decoding: try encoder.encode(analyzer), as: UTF8.self))
            digest.add(try fields.map { String(decoding: try encoder.encode($0), as: UTF8.self) } ?? "")
            digest.add("\(storesText) \(storesPositions == true)")
            return digest.text
        }
    }
}
