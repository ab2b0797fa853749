import Foundation
import RetrievalData

/// The committed golden files beside the tests; `Fixtures/make_fixtures.py` says how they were made.
enum Fixture {
    static func lines(_ name: String, file: String = #filePath) throws -> [String] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    static func rows(_ name: String, separator: Character) throws -> [[String]] {
        try lines(name).map { $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init) }
    }

    /// The rows of a compressed table.
    static func compressedRows(_ name: String, file: String = #filePath) throws -> [[Substring]] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        var rows: [[Substring]] = []
        try TextLineReader.read(folder.appendingPathComponent(name).path) {
            rows.append($0.split(separator: "\t", omittingEmptySubsequences: false))
        }
        return rows
    }
}
