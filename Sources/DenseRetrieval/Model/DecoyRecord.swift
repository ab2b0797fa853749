import DurableStorage
import Essentials

/// Reads and writes the `decoy.json` of model and vector folders: keys in byte order, no time stamps.
enum DecoyRecord {
    static let fileName = "decoy.json"

    /// The record as JSON text.
    static func text(_ record: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
    }

    /// Reads a record; throws `StorageError.corrupt` where it is not JSON of the expected form.
    static func read<Record: Decodable>(_ type: Record.Type, in directory: any Directory) throws -> Record {
        let file = try directory.open(fileName)
        do {
            return try JSONDecoder().decode(type, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(
                file: file.name, reason: "it is not the record of a decoy model or vector folder")
        }
    }
}
