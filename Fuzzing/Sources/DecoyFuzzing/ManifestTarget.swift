import DurableStorage
import Foundation

@testable import LexicalSearch

/// A manifest of any content over the files of a sound index: checking, opening, searching and changing it throws, or answers.
///
/// The first byte says what the rest is (low two bits), over which index (next two), and whether it is changed too (bit 4): 0 a manifest's JSON
/// text; 1 the bytes of the whole file; 2 records of a place (1 byte) and a number (8 bytes) that replace numbers of the sound manifest, so
/// that they reach what lies behind the JSON reader; 3 edits of the sound manifest (`ManifestEdit`).
enum ManifestTarget {
    struct Sound: Sendable {
        /// The index's files but for the manifest.
        let files: [(name: String, bytes: [UInt8])]
        let manifest: Manifest
        /// The text of the manifest between its numbers.
        let texts: [String]
        let numbers: [String]

        init(_ kind: SmallIndex) {
            do {
                let directory = try kind.write(first: 160, second: 30)
                let json = try ManifestTarget.json(of: directory)
                let found = json.matches(of: /-?[0-9]+(\.[0-9]+)?/)
                var texts: [String] = []
                var start = json.startIndex
                for match in found {
                    texts.append(String(json[start..<match.range.lowerBound]))
                    start = match.range.upperBound
                }
                self.texts = texts + [String(json[start...])]
                numbers = found.map { String($0.output.0) }
                manifest = try Manifest.read(from: directory)
                files = try directory.list().filter { $0 != IndexFormat.manifestName }
                    .map { ($0, try directory.bytes(of: $0)) }
            } catch {
                fatalError("no index to begin with: \(error)")
            }
        }

        /// A directory with the files and another manifest.
        func directory(manifest: [UInt8]) -> InMemoryDirectory {
            let directory = InMemoryDirectory()
            for (name, bytes) in files { directory.put(name, bytes: bytes) }
            directory.put(IndexFormat.manifestName, bytes: manifest)
            return directory
        }
    }

    static let sound = SmallIndex.allCases.map { Sound($0) }

    /// The JSON text of a directory's manifest.
    static func json(of directory: InMemoryDirectory) throws -> String {
        let file = try ChecksummedFile(
            directory, IndexFormat.manifestName, kind: IndexFormat.manifestKind, version: IndexFormat.version)
        return String(decoding: try file.body().bytes, as: UTF8.self)
    }

    static func run(_ input: FuzzInput) {
        var input = input
        let choice = Int(input.byte())
        let sound = sound[(choice >> 2) % 4 % sound.count]
        do {
            let manifest: [UInt8]
            switch choice % 4 {
            case 0: manifest = try file(of: input.remainder())
            case 1: manifest = input.remainder()
            case 2: manifest = try file(of: changed(sound, &input))
            default: manifest = try file(of: edited(sound, &input))
            }
            let directory = sound.directory(manifest: manifest)
            let read = try Manifest.read(from: directory)
            let copy = try JSONDecoder().decode(Manifest.self, from: JSONEncoder().encode(read))
            require(copy == read, "a manifest that does not come back")
            try IndexUse.all(directory, changes: choice & 16 != 0)
        } catch is StorageError {
        } catch is SearchError {
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }

    private static func changed(_ sound: Sound, _ input: inout FuzzInput) -> [UInt8] {
        var numbers = sound.numbers
        while !input.isEmpty {
            let place = Int(input.byte()) % numbers.count
            numbers[place] = String(input.integer(Int64.self))
        }
        let parts = zip(sound.texts, numbers + [""]).map { $0 + $1 }
        return Array(parts.joined().utf8)
    }

    private static func edited(_ sound: Sound, _ input: inout FuzzInput) throws -> [UInt8] {
        var manifest = sound.manifest
        while !input.isEmpty { ManifestEdit.apply(&input, to: &manifest) }
        return [UInt8](try JSONEncoder().encode(manifest))
    }

    /// A sound container around a body.
    static func file(of body: [UInt8]) throws -> [UInt8] {
        let directory = InMemoryDirectory()
        let writer = try ChecksummedFileWriter(
            directory, "m", kind: IndexFormat.manifestKind, version: IndexFormat.version)
        try writer.write(body)
        _ = try writer.finish()
        return try directory.bytes(of: "m")
    }
}
