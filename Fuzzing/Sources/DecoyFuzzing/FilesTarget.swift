import DurableStorage
import Foundation

@testable import LexicalSearch

/// A sound index with some bytes changed under right checksums: checking, opening, searching and changing it throws, or answers; where the
/// check finds nothing wrong, nothing throws.
///
/// The first byte chooses the index (low two bits) and whether it is changed too (bit 2); then follow records of a file (1 byte), a place in
/// its body (2 bytes, from the end where the highest bit is set), and the byte that stands there then.
enum FilesTarget {
    static func run(_ input: FuzzInput) {
        var input = input
        let choice = Int(input.byte())
        do {
            let directory = try directory(choice % 4 % SmallIndex.allCases.count, &input)
            try IndexUse.all(directory, changes: choice & 4 != 0)
        } catch is StorageError {
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }

    private static func directory(_ index: Int, _ input: inout FuzzInput) throws -> InMemoryDirectory {
        let sound = ManifestTarget.sound[index]
        var bodies: [Int: [UInt8]] = [:]
        while !input.isEmpty {
            let file = Int(input.byte()) % sound.files.count
            let place = Int(input.integer(UInt16.self))
            var body = try bodies[file] ?? self.body(of: sound.files[file].bytes)
            if body.isEmpty { continue }
            body[place < 1 << 15 ? place % body.count : body.count - 1 - place % (1 << 15) % body.count] = input.byte()
            bodies[file] = body
        }
        var manifest = sound.manifest
        let kinds = manifest.segments.flatMap(\.kindsOfFiles)
        let directory = InMemoryDirectory()
        for (place, (name, bytes)) in sound.files.enumerated() {
            guard let body = bodies[place] else {
                directory.put(name, bytes: bytes)
                continue
            }
            guard let kind = kinds.first(where: { $0.file.name == name })?.kind else { continue }
            let writer = try ChecksummedFileWriter(directory, name, kind: kind, version: IndexFormat.version)
            try writer.write(body)
            let file = Manifest.File(name: name, seal: try writer.finish())
            for segment in manifest.segments.indices { manifest.segments[segment].replace(file) }
        }
        directory.put(
            IndexFormat.manifestName, bytes: try ManifestTarget.file(of: [UInt8](JSONEncoder().encode(manifest))))
        return directory
    }

    private static func body(of bytes: [UInt8]) throws -> [UInt8] {
        let length = MappedFile(name: "f", bytes: bytes).view
        let end = try length.load(UInt64.self, at: bytes.count - 16)
        return Array(bytes[ChecksummedFile.bodyStart..<Int(end)])
    }
}

extension Manifest.Segment {
    /// Takes over what is said of a file of that name.
    fileprivate mutating func replace(_ file: Manifest.File) {
        for field in fields.indices {
            if fields[field].terms.name == file.name { fields[field].terms = file }
            if fields[field].postings.name == file.name { fields[field].postings = file }
            if fields[field].lengths.name == file.name { fields[field].lengths = file }
            if fields[field].positions?.name == file.name { fields[field].positions = file }
            if fields[field].corrections?.terms.name == file.name { fields[field].corrections?.terms = file }
        }
        if ids.name == file.name { ids = file }
        if texts?.name == file.name { texts = file }
        if columns?.name == file.name { columns = file }
        if deletions?.bitmap.name == file.name { deletions?.bitmap = file }
    }
}
