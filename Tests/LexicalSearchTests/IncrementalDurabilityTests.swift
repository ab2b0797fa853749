import DecoyTestSupport
import DurableStorage
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Crashes and damage of an index that was changed")
struct IncrementalDurabilityTests {
    /// What is done to an index, and the index it is done to.
    struct Scenario: Sendable, CustomTestStringConvertible {
        var name: String
        var segments: [[Document]]
        var deleted: [String] = []
        var change = IndexWriter.Change.append
        var added: [Document] = []
        var compacts = false
        var options = IndexOptions(analyzer: .whitespace)

        var testDescription: String { name }

        func base() throws -> InMemoryDirectory { try TestIndex.build(segments: segments, options: options) }

        func apply(to directory: any Directory) throws {
            let writer = try IndexWriter(opening: directory, change: change, memory: 1)
            try writer.delete(deleted)
            for document in added { try writer.add([document]) }
            if compacts { writer.compact() }
            _ = try writer.commit()
        }
    }

    private static let first = [
        Document(id: "a", title: "one", text: "red apple pie"), Document(id: "b", text: "green apple apple"),
        Document(id: "c", text: ""),
        Document(id: "d", text: "red red wine", metadata: #"{"year": 2020, "tags": ["red", "apple pie"]}"#),
        Document(id: "e", text: "apple"),
    ]
    private static let second = [Document(id: "f", text: "apple wine"), Document(id: "g", text: "pie")]

    static let scenarios = [
        Scenario(name: "append", segments: [first], added: second),
        Scenario(
            name: "update", segments: [first, second], change: .update,
            added: [Document(id: "f", text: "red"), Document(id: "h", text: "apple")]),
        Scenario(name: "delete", segments: [first, second], deleted: ["b", "unknown"]),
        Scenario(name: "delete all of a segment", segments: [first, second], deleted: ["f", "g"]),
        Scenario(
            name: "merge by policy", segments: (0..<8).map { [Document(id: "s\($0)", text: "apple w\($0)")] },
            deleted: ["s3"], added: second + [Document(id: "z", text: "red")]),
        Scenario(name: "compact", segments: [first, second], deleted: ["d"], compacts: true),
        Scenario(
            name: "update and delete with fields, positions and metadata", segments: [first, second],
            deleted: ["d"], change: .update,
            added: [
                Document(id: "f", title: "red", text: "apple red apple", metadata: #"{"year": 2021, "tags": "pie"}"#)
            ], options: full),
        Scenario(
            name: "merge with positions and metadata",
            segments: (0..<8).map {
                [Document(id: "s\($0)", text: "red apple pie w\($0)", metadata: #"{"year": 200\#($0)}"#)]
            }, deleted: ["s3"], added: second + [Document(id: "z", text: "red apple")],
            options: IndexOptions(analyzer: .whitespace, positions: true)),
    ]

    /// Two fields with positions.
    private static var full: IndexOptions {
        IndexOptions(
            analyzer: .whitespace, positions: true,
            fields: try? FieldWeights([.init("text", weight: 2), .init("tags")]))
    }

    @Test(
        "Wherever a change fails or is killed, the index is the old one or the new one, and the next writer succeeds.",
        arguments: scenarios)
    func faults(_ scenario: Scenario) throws {
        let base = try scenario.base()
        let old = try IndexView(base)
        let complete = try TestIndex.copy(base)
        let counting = FaultInjectingDirectory(complete)
        try scenario.apply(to: counting)
        let new = try IndexView(complete)
        #expect(counting.operations > 10 && old != new)
        var found = (old: 0, new: 0)
        // What was looked at: most crashes leave the same.
        var views: [[String: [UInt8]]: IndexView] = [:]
        var random = SeededGenerator(seed: 11)
        for operation in 1...(counting.operations + 1) {
            let disk = try TestIndex.copy(base)
            var isCommitted = false
            do {
                try scenario.apply(to: FaultInjectingDirectory(disk, failing: operation))
                isCommitted = true
            } catch is FaultInjectingDirectory.Fault {}
            let survivors =
                InMemoryDirectory.Crash.allCases.map { ("\($0)", disk.afterCrash($0)) }
                + (0..<2).map { ("reordering \($0), seed \(random.seed)", disk.afterReordering(&random)) }
            for (place, (crash, survivor)) in survivors.enumerated() {
                let note = "operation \(operation), \(crash)"
                let contents = try TestIndex.contents(survivor)
                let now = try views[contents] ?? IndexView(survivor)
                views[contents] = now
                #expect(now == new || (now == old && !isCommitted), "\(note)")
                if now == old { found.old += 1 } else { found.new += 1 }
                // What follows takes time; each operation gets it after one of the kinds of crash.
                if place != operation % survivors.count { continue }
                #expect(try IndexCheck.check(directory: survivor).isSound, "\(note)")
                if now == old {
                    try scenario.apply(to: survivor)
                    #expect(try TestIndex.contents(survivor) == TestIndex.contents(complete), "\(note)")
                } else {
                    let writer = try IndexWriter(opening: survivor)
                    try writer.add([Document(id: "next", text: "next")])
                    _ = try writer.commit()
                    #expect(try IndexReader(directory: survivor).contains("next"), "\(note)")
                }
                let named = try Manifest.read(from: survivor).segments.flatMap(\.files).map(\.name)
                #expect(try Set(survivor.list()) == Set(named + ["manifest"]), "\(note)")
            }
        }
        #expect(found.old > 0 && found.new > 0)
    }

    /// An index of two segments, of both of which documents were deleted.
    private func changed(_ options: IndexOptions = IndexOptions(analyzer: .whitespace)) throws -> InMemoryDirectory {
        let directory = try TestIndex.build(
            segments: [Self.first, Self.second, [Document(id: "h", text: "apple h")]], options: options)
        let writer = try IndexWriter(opening: directory)
        try writer.delete(["b"])
        _ = try writer.commit()
        let changes = try directory.list().filter { $0.contains("deletions") || $0.contains("corrections") }
        #expect(changes.count == 1 + (options.fields?.fields.count ?? 1))
        return directory
    }

    @Test(
        "Every flipped byte and every shorter length is found, named, and never gives other hits.",
        arguments: [IndexOptions(analyzer: .whitespace), full])
    func damage(_ options: IndexOptions) throws {
        let directory = try changed(options)
        let sound = try IndexView(directory)
        #expect(try IndexCheck.check(directory: directory).isSound)
        for name in try directory.list() where name != IndexFormat.lockName {
            // Segments 2 and 3 hold nothing that segment 1 does not.
            if name.hasPrefix("segment-2") || name.hasPrefix("segment-3") { continue }
            let bytes = try directory.bytes(of: name)
            for index in bytes.indices {
                var flipped = bytes
                flipped[index] ^= UInt8(truncatingIfNeeded: 1 << ((index + index / 8) % 8))
                for damaged in [flipped, Array(bytes[..<index])] {
                    directory.put(name, bytes: damaged)
                    expectNamed(name, directory, "byte \(index) of \(name)")
                    do { #expect(try IndexView(directory) == sound, "byte \(index) of \(name)") } catch is StorageError
                    {}
                }
            }
            try directory.delete(name)
            #expect(throws: StorageError.self, "\(name)") { try IndexView(directory) }
            directory.put(name, bytes: bytes)
        }
    }

    private func expectNamed(_ name: String, _ directory: any Directory, _ note: String) {
        do {
            let report = try IndexCheck.check(directory: directory)
            #expect(report.files.contains { $0.name == name && !$0.problems.isEmpty }, "\(note): \(report.problems)")
        } catch StorageError.corrupt(let file, _) {
            #expect(file.hasSuffix("/" + name), "\(note)")
        } catch {
            Issue.record("\(note): \(error)")
        }
    }

    @Test("Deletions that are wrong under right checksums are found by the check and never trap a search.")
    func wrongDeletions() throws {
        let sound = try changed()
        let manifest = try Manifest.read(from: sound)
        var random = SeededGenerator(seed: 3)
        for round in 0..<120 {
            let directory = try TestIndex.copy(sound)
            var changed = manifest
            let isBitmap = round % 2 == 0
            let file =
                isBitmap ? manifest.segments[0].deletions?.bitmap : manifest.segments[0].fields[0].corrections?.terms
            guard let file else { continue }
            let kind = isBitmap ? IndexFormat.deletionsKind : IndexFormat.correctionsKind
            var body = try ChecksummedFile(sound, file.name, kind: kind, version: IndexFormat.version).body().bytes
            let index = Int.random(in: body.indices, using: &random)
            body[index] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
            let writer = try ChecksummedFileWriter(directory, file.name, kind: kind, version: IndexFormat.version)
            try writer.write(body)
            let seal = Manifest.File(name: file.name, seal: try writer.finish())
            if isBitmap {
                changed.segments[0].deletions?.bitmap = seal
            } else {
                changed.segments[0].fields[0].corrections?.terms = seal
            }
            try changed.commit(to: directory)
            // The last bytes of a trailer mean nothing.
            let meansNothing = !isBitmap && index >= body.count - 6
            #expect(try IndexCheck.check(directory: directory).isSound == meansNothing, "round \(round), byte \(index)")
            do { _ = try IndexView(directory) } catch is StorageError {}
        }
    }
}
