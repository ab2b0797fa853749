import AnalyzerChecks
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
        let writer = try IndexWriter(directory: directory, options: IndexOptions(positions: true))
        try writer.add(documents)
        _ = try writer.commit()

        var lists: [[UInt8]] = []
        for index in try [directory, SmallIndex.positions.write()] {
            for segment in try IndexReader(directory: index).segments {
                lists += try postings(of: segment) + positions(of: segment)
                if let columns = try columns(of: segment) { lists.append(columns) }
            }
        }
        try put(lists, folder, "postings")
        try put(manifests(directory), folder, "manifest")
        try put(files(), folder, "files")
        let lines = try [dataset.corpusPath, dataset.queriesPath ?? ""].flatMap { file in
            try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").prefix(50).map { Array($0.utf8) }
        }
        let others = [
            #"{"a": [1, -2.5e3, 18446744073709551615], "b": {"c": [null, true, ["x"]]}, "\u00e9\ud83c\udf4e": "\n\\\""}"#,
            #"{"query_id": 7, "positive_ids": ["a", "b"], "scores": [0.25, 1]}"#,
        ]
        try put(lines + others.map { Array($0.utf8) }, folder, "json")
        try put(queries(dataset), folder, "query")
        try put(
            filters.map { Array($0.utf8) } + (0..<12).compactMap { Metadata.json(of: 30 * $0) }.map { Array($0.utf8) },
            folder, "filter")
        try put(requests.map { Array($0.utf8) }, folder, "requests")
        try put(ExchangeTarget.seeds(), folder, "exchange")
        try put((0..<300).map { [UInt8(clamping: $0)] + RandomString.bytes(seed: 1, number: $0) }, folder, "analyzers")
    }

    /// Requests with everything that the server takes.
    private static var requests: [String] {
        let queries = [
            "bank", "the+river+bank", "%22interest+rate%22+bank", "caf%C3%A9+%F0%9F%8D%8E", "x-ray+2020", "zzz",
        ]
        let options = [
            "", "&k=3", "&k=1000&explain=true", "&highlight=true", "&documents=true&k=2", "&mode=dense", "&rerank=true",
            "&mode=dense&model=before", "&mode=hybrid",
        ]
        let searches = queries.flatMap { query in options.map { "GET /search?q=\(query)\($0)\n" } }
        let filtered = filters.map { filter in
            "GET /search?q=bank&filter="
                + (filter.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "") + "\n"
        }
        return searches + filtered + [
            "POST /search\n{\"q\": \"the river\", \"k\": 5, \"explain\": true, \"filter\": \"year > 2003\"}",
            "POST /search\n{\"q\": \"\\ud83c\\udf4e\", \"mode\": \"lexical\", \"highlight\": true, \"documents\": false}",
            "GET /compare?q=bank&k=5\n", "GET /documents/d12\n", "GET /documents/%64%31\n",
            "GET /analyze?text=The+na%C3%AFve+banks\n",
            "GET /negatives?q=river+bank&positive=d10&positive=d12&num=3&range_min=1&range_max=50&relative_margin=0.05\n",
            "GET /negatives?q=river&positive=d30\n", "GET /systems\n", "GET /health\n", "GET /metrics\n",
            "GET /openapi.json\n", "GET /\n",
            "GET /page/search.js\n", "HEAD /search?q=a\n", "~POST /search\n{}",
            "POST /review/undo\n{\"reviewer\": \"a\"}",
            "POST /review/answers\n{\"reviewer\": \"a\", \"query\": \"q\", \"document\": \"d\", \"verdict\": \"wrong\"}",
            "GET /review/state?reviewer=a\n", "DELETE /search\n",
        ]
    }

    /// Filters with everything that the language has.
    private static let filters = [
        "year >= 2010 and lang = de", "not (mixed = 2020 or exists a.b)", "tags in (bank, 'tag 3', \"x\\n\")",
        "open = true and open != FALSE", "mixed = 'it\\'s \"so\" \\\\ \\n'", "long != x or n < -1.5e3",
        "lang > '' and lang <= ü", "mixed > -1 and mixed <= 1e301", "a.b exists and not not n = 007",
        "((year = 2003 or year = 2004) and (n in (3, 4, 26)) or n == 5)", "mixed in (true, 2e3, '-7')",
        "lang='u\u{308}' or lang = \"ü\"", "year < 2001 OR NOT year != 2019 AND exists tags",
    ]

    private static func queries(_ dataset: BEIRDataset) throws -> [[UInt8]] {
        let texts = try dataset.queries().prefix(60).enumerated().map { number, query in
            [UInt8(number), UInt8(number % 32)] + Array(query.text.utf8)
        }
        let phrases = [
            "\"the river\" bank", "\"interest rate\"", "bank \"the river the river\"", "\"x-ray 2020\" \"don't a.b.c\"",
            "\"naïve Bayes\" \"東京\"", "\"🍎 apple Straße\" قلب", "\"river\" \"\" \"of the bank", "\"bank 5\" \"tag 3\"",
            "bank bank bank the river interest rate café running",
        ]
        return texts
            + phrases.enumerated().flatMap { number, text in
                [5, 6, 13, 14, 21, 25].map { [UInt8(number * 7), $0] + Array(text.utf8) }
            }
    }

    private static func manifests(_ directory: InMemoryDirectory) throws -> [[UInt8]] {
        var manifests = [[0] + Array(try ManifestTarget.json(of: directory).utf8)]
        manifests.append([1] + (try directory.bytes(of: IndexFormat.manifestName)))
        for (index, kind) in SmallIndex.allCases.enumerated() {
            let choice = UInt8(index << 2 | 16)
            let json = try ManifestTarget.json(of: kind.write(first: 160, second: 30))
            manifests.append([choice] + Array(json.utf8))
            for place in 0..<UInt8(clamping: ManifestTarget.sound[index].numbers.count) {
                manifests.append([choice | 2, place, 1, 0, 0, 0, 0, 0, 0, 0])
            }
            for operation in 0..<ManifestEdit.count { manifests.append([choice | 3, operation, 1, 2]) }
        }
        return manifests
    }

    /// For each file of each index one byte of its trailer or its beginning changed.
    private static func files() -> [[UInt8]] {
        ManifestTarget.sound.indices.flatMap { index in
            ManifestTarget.sound[index].files.indices.flatMap { file in
                [0, 1, 9, 17].flatMap { place -> [[UInt8]] in
                    [[UInt8(index) | 4, UInt8(file), place, 0, 1], [UInt8(index) | 4, UInt8(file), place, 0x80, 1]]
                }
            }
        }
    }

    /// The terms of a segment that are the first of their number of blocks, and some short ones.
    private static func entries(of segment: Segment, _ body: (TermEntry) throws -> Void) throws {
        var seen: [Int: Int] = [:]
        try segment.contents.terms.forEach { _, entry in
            let count = entry.documentFrequency
            let kind = count < 128 ? count / 16 : 100 + count / 128
            if seen[kind, default: 0] >= 5 || count > Int(UInt16.max) { return }
            seen[kind, default: 0] += 1
            try body(entry)
        }
    }

    private static func postings(of segment: Segment) throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        try entries(of: segment) { entry in
            var seed = ByteWriter()
            seed.append(UInt8(0))
            seed.append(UInt16(entry.documentFrequency))
            seed.append(UInt32(segment.documentCount - 1))
            seed.append(
                try segment.contents.postings.view(offset: entry.postingsOffset, count: entry.postingsLength).bytes)
            seeds.append(seed.bytes)
        }
        return seeds
    }

    private static func positions(of segment: Segment) throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        try entries(of: segment) { entry in
            guard let file = segment.contents.positions else { return }
            var seed = ByteWriter()
            seed.append(UInt8(1))
            seed.append(UInt16(entry.documentFrequency))
            var cursor = try segment.contents.cursor(entry)
            while try cursor.next() {
                for place in 0..<cursor.size { seed.append(UInt8(clamping: cursor.frequencies[place])) }
            }
            seed.append(try file.view(offset: entry.positionsOffset, count: entry.positionsLength).bytes)
            seeds.append(seed.bytes)
        }
        return seeds
    }

    /// The columns of a segment as `ColumnsInput` reads them.
    private static func columns(of segment: Segment) throws -> [UInt8]? {
        guard let columns = segment.columns else { return nil }
        let file = columns.file
        let trailer = file.bodyEnd - SegmentColumns.trailerSize
        let start = Int(try file.load(UInt64.self, at: trailer + 24))
        var seed = ByteWriter()
        seed.append(UInt8(2))
        seed.append(UInt16(segment.documentCount))
        seed.append(UInt16(columns.documentsWithValues))
        seed.append(UInt8(try columns.columns().count))
        seed.append(UInt16(trailer - start))
        seed.append(
            try file.view(offset: ChecksummedFile.bodyStart, count: trailer - ChecksummedFile.bodyStart).bytes)
        return seed.bytes
    }

    private static func put(_ seeds: [[UInt8]], _ folder: String, _ target: String) throws {
        let folder = URL(filePath: folder).appending(path: target)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (number, seed) in seeds.enumerated() {
            try Data(seed).write(to: folder.appending(path: "seed-\(number)"))
        }
    }
}
