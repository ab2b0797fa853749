import DurableStorage
import Foundation
import RetrievalData

@testable import LexicalSearch

/// Inputs to begin with, made from a real dataset: a folder for each target.
enum Seeds {
    static func write(to folder: String, dataset path: String) throws {
        let dataset = try BEIRDataset(path: path)
        var documents: [Document] = []
        try dataset.documents { documents += $0 }
        let directory = InMemoryDirectory()
        let writer = try IndexWriter(directory: directory)
        try writer.add(documents)
        _ = try writer.commit()

        try put(try postings(of: directory), folder, "postings")
        var manifests = [[0] + Array(try ManifestTarget.json(of: directory).utf8)]
        manifests.append([0] + Array(try ManifestTarget.json(of: try SmallIndex.write()).utf8))
        manifests.append([1] + (try directory.bytes(of: IndexFormat.manifestName)))
        manifests += (0..<40).map { [2, $0, 1, 0, 0, 0, 0, 0, 0, 0] }
        try put(manifests, folder, "manifest")
        let lines = try [dataset.corpusPath, dataset.queriesPath ?? ""].flatMap { file in
            try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").prefix(50).map { Array($0.utf8) }
        }
        let others = [
            #"{"a": [1, -2.5e3, 18446744073709551615], "b": {"c": [null, true, ["x"]]}, "\u00e9\ud83c\udf4e": "\n\\\""}"#,
            #"{"query_id": 7, "positive_ids": ["a", "b"], "scores": [0.25, 1]}"#,
        ]
        try put(lines + others.map { Array($0.utf8) }, folder, "json")
        let queries = try dataset.queries().prefix(60).enumerated()
        try put(queries.map { [UInt8($0.offset)] + Array($0.element.text.utf8) }, folder, "query")
    }

    /// The lists of an index that are the first of their number of blocks, and some short ones.
    private static func postings(of directory: InMemoryDirectory) throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        var seen: [Int: Int] = [:]
        for segment in try IndexReader(directory: directory).segments {
            try segment.terms.forEach { _, entry in
                let count = entry.documentFrequency
                let kind = count < 128 ? count / 16 : 100 + count / 128
                if seen[kind, default: 0] >= 5 || count > Int(UInt16.max) { return }
                seen[kind, default: 0] += 1
                var seed = ByteWriter()
                seed.append(UInt16(count))
                seed.append(UInt32(segment.documentCount - 1))
                seed.append(
                    try segment.postings.view(offset: entry.postingsOffset, count: entry.postingsLength).bytes)
                seeds.append(seed.bytes)
            }
        }
        return seeds
    }

    private static func put(_ seeds: [[UInt8]], _ folder: String, _ target: String) throws {
        let folder = URL(filePath: folder).appending(path: target)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (number, seed) in seeds.enumerated() {
            try Data(seed).write(to: folder.appending(path: "seed-\(number)"))
        }
    }
}
