import DecoyTestSupport
import DurableStorage
import Foundation
import RetrievalData
import TextAnalysis

@testable import LexicalSearch

/// Small indexes in memory.
enum TestIndex {
    /// Builds an index of one segment.
    static func build(
        _ documents: [Document], options: IndexOptions = IndexOptions(analyzer: .whitespace), batch: Int = 1000
    ) throws -> InMemoryDirectory {
        let directory = InMemoryDirectory()
        try build(documents, in: directory, options: options, batch: batch)
        return directory
    }

    /// Builds an index of one segment in a directory.
    static func build(
        _ documents: [Document], in directory: any Directory,
        options: IndexOptions = IndexOptions(analyzer: .whitespace),
        batch: Int = 1000, segmentName: String = "segment-1"
    ) throws {
        let writer = try IndexWriter(directory: directory, options: options, replacement: nil, segmentName: segmentName)
        var start = 0
        while start < documents.count {
            let end = min(start + batch, documents.count)
            try writer.add(Array(documents[start..<end]))
            start = end
        }
        _ = try writer.commit()
    }

    /// Builds an index of several segments.
    static func build(segments: [[Document]], options: IndexOptions = IndexOptions(analyzer: .whitespace)) throws
        -> InMemoryDirectory
    {
        let directory = InMemoryDirectory()
        var whole: Manifest?
        for (index, documents) in segments.enumerated() {
            let part = InMemoryDirectory()
            try build(documents, in: part, options: options, segmentName: "segment-\(index + 1)")
            for name in try part.list() where name != IndexFormat.manifestName {
                directory.put(name, bytes: try part.bytes(of: name))
            }
            let manifest = try uncheckedManifest(of: part)
            if whole == nil { whole = manifest } else { whole?.segments += manifest.segments }
        }
        whole?.nextSegment = segments.count + 1
        try whole?.commit(to: directory)
        return directory
    }

    /// The manifest of a part, whose segment has a number that the manifest does not know of.
    private static func uncheckedManifest(of directory: InMemoryDirectory) throws -> Manifest {
        let file = try ChecksummedFile(
            directory, IndexFormat.manifestName, kind: IndexFormat.manifestKind, version: IndexFormat.version)
        return try JSONDecoder().decode(Manifest.self, from: Data(file.body().bytes))
    }

    /// A copy of a directory, as a process that starts anew finds it.
    static func copy(_ directory: InMemoryDirectory) throws -> InMemoryDirectory {
        let copy = InMemoryDirectory()
        for name in try directory.list() { copy.put(name, bytes: try directory.bytes(of: name)) }
        return copy
    }

    /// All files of a directory with their bytes.
    static func contents(_ directory: InMemoryDirectory) throws -> [String: [UInt8]] {
        try directory.list().reduce(into: [:]) { $0[$1] = try directory.bytes(of: $1) }
    }

    /// Documents with many ties, repeated terms, equal texts and empty texts.
    static func documents(seed: UInt64, count: Int) -> [Document] {
        var random = SeededGenerator(seed: seed)
        let vocabulary = (0..<Int.random(in: 1...40, using: &random)).map { "w\($0)" }
        var documents: [Document] = []
        for number in 0..<count {
            if number > 0, Int.random(in: 0..<5, using: &random) == 0 {
                let other = documents[Int.random(in: 0..<number, using: &random)]
                documents.append(Document(id: "e\(number)", title: other.title, text: other.text))
                continue
            }
            let length = Int.random(in: 0...12, using: &random)
            let words = (0..<length).map { _ in
                vocabulary[
                    min(
                        vocabulary.count - 1,
                        Int.random(in: 0...40, using: &random) * Int.random(in: 0...40, using: &random) / 40)]
            }
            documents.append(Document(id: "d\(number)", text: words.joined(separator: " ")))
        }
        return documents
    }

    /// A query over the words of `documents(seed:count:)`, with repetitions and unknown words.
    static func query(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in "w\(Int.random(in: 0...44, using: &random))" }
            .joined(separator: " ")
    }
}
