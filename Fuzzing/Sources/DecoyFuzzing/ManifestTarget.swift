import DurableStorage
import Foundation
import RetrievalData

@testable import LexicalSearch

/// A manifest of any content over the files of a sound index: opening and searching it throws, or answers.
///
/// The first byte says what the rest is: 0 a manifest's JSON text; 1 the bytes of the whole file; else records of a place (1 byte) and a
/// number (8 bytes) that replace the numbers of the sound manifest, so that they reach what lies behind the JSON reader.
enum ManifestTarget {
    private struct Sound: Sendable {
        /// The index's files.
        let files: [(name: String, bytes: [UInt8])]
        /// The text of the manifest between its numbers.
        let texts: [String]
        let numbers: [String]
    }

    private static let sound: Sound = {
        do {
            let directory = try SmallIndex.write()
            let json = try json(of: directory)
            let numbers = json.matches(of: /-?[0-9]+/)
            var texts: [String] = []
            var start = json.startIndex
            for match in numbers {
                texts.append(String(json[start..<match.range.lowerBound]))
                start = match.range.upperBound
            }
            return Sound(
                files: try directory.list().map { ($0, try directory.bytes(of: $0)) },
                texts: texts + [String(json[start...])],
                numbers: numbers.map { String($0.output) })
        } catch {
            fatalError("no index to begin with: \(error)")
        }
    }()

    /// The JSON text of a directory's manifest.
    static func json(of directory: InMemoryDirectory) throws -> String {
        let file = try ChecksummedFile(
            directory, IndexFormat.manifestName, kind: IndexFormat.manifestKind, version: IndexFormat.version)
        return String(decoding: try file.body().bytes, as: UTF8.self)
    }

    static func run(_ input: FuzzInput) {
        var input = input
        do {
            switch input.byte() {
            case 0: try open(file(of: input.remainder()))
            case 1: try open(input.remainder())
            default: try open(file(of: changed(&input)))
            }
        } catch is StorageError {
        } catch is SearchError {
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }

    private static func changed(_ input: inout FuzzInput) -> [UInt8] {
        var numbers = sound.numbers
        while !input.isEmpty {
            let place = Int(input.byte()) % numbers.count
            numbers[place] = String(input.integer(Int64.self))
        }
        let parts = zip(sound.texts, numbers + [""]).map { $0 + $1 }
        return Array(parts.joined().utf8)
    }

    /// A sound container around a body.
    private static func file(of body: [UInt8]) throws -> [UInt8] {
        let directory = InMemoryDirectory()
        let writer = try ChecksummedFileWriter(
            directory, "m", kind: IndexFormat.manifestKind, version: IndexFormat.version)
        try writer.write(body)
        _ = try writer.finish()
        return try directory.bytes(of: "m")
    }

    private static func open(_ manifest: [UInt8]) throws {
        let directory = InMemoryDirectory()
        for (name, bytes) in sound.files { directory.put(name, bytes: bytes) }
        directory.put(IndexFormat.manifestName, bytes: manifest)
        let read = try Manifest.read(from: directory)
        let copy = try JSONDecoder().decode(Manifest.self, from: JSONEncoder().encode(read))
        require(copy == read, "a manifest that does not come back")
        let reader = try IndexReader(directory: directory)
        let searcher = try Searcher(reader: reader)
        for query in ["bank", "river rate don't", "東京 apple"] {
            for hit in try searcher.search(query, k: 3) {
                require(hit.score > 0, "a hit without a score")
                _ = try searcher.document(hit.id)
            }
        }
        _ = try reader.documentIDs()
    }
}
