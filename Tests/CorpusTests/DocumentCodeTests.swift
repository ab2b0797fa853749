import Decoy
import DecoyTestSupport
import Foundation
import Testing

@Suite("Code of documents")
struct DocumentCodeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    /// Files below a folder whose names end so, in order.
    private func files(in folder: String, ending: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: Self.root.appending(path: folder).path)
        return (all?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(ending) }.sorted()
            .map { folder + "/" + $0 }
    }

    private func lines(_ path: String) throws -> [String] {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The blocks of Swift in a document, without indentation, imports and lines that are empty at the start.
    private func blocks(_ path: String) throws -> [[String]] {
        var blocks: [[String]] = []
        var isInside = false
        for line in try lines(path) {
            if line == "```swift" {
                blocks.append([])
                isInside = true
            } else if line == "```" {
                isInside = false
            } else if isInside, !line.hasPrefix("import "), !(line.isEmpty && blocks.last?.isEmpty == true) {
                blocks[blocks.count - 1].append(line)
            }
        }
        return blocks
    }

    @Test("Every piece of Swift in the documents stands in a file of tests, where it is compiled.")
    func compiled() throws {
        let code = try files(in: "Tests", ending: ".swift").filter {
            $0.contains("Article") || $0.contains("DocumentCode.")
        }
        .map(lines)
        let documents = ["README.md"] + files(in: "Documentation", ending: ".md") + files(in: "Sources", ending: ".md")
        var count = 0
        for document in documents {
            for block in try blocks(document) {
                count += 1
                let isCompiled = code.contains { file in file.indices.contains { file[$0...].starts(with: block) } }
                #expect(isCompiled, "\(document):\n\(block.joined(separator: "\n"))")
            }
        }
        #expect(count > 15)
    }

    @Test("The code of the documents does what they say.")
    func run() throws {
        let folder = try DocumentCode.directory()
        let homonyms = try Homonyms.corpus()
        try write(homonyms, words: ["bank"], into: folder)

        let writer = try IndexWriter(path: folder.path("notes.index"))
        try writer.add(
            homonyms.documents.map { Document(id: $0.id + ".md", title: $0.title, text: $0.text) })
        _ = try writer.commit()
        try DocumentCode.readme()
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("```text\n" + DocumentCode.output().joined(separator: "\n") + "\n```"))

        #expect(try DocumentCode.retrievalData() > 0)
        let results = try DocumentCode.indexAndSearch()
        #expect(!results[1].isEmpty && !results[2].isEmpty)
        #expect(DocumentCode.output().count == 4)

        let dataset = try BEIRDataset(path: folder.path("DATASET"))
        let searcher = try Searcher(reader: IndexReader(path: folder.path("my.index")))
        let (queries, train) = (try dataset.queries(split: "train"), try dataset.qrels(split: "train"))
        let asked = try dataset.queries(split: "test")
        for (name, retriever) in [("bm25", searcher), ("rm3", try FeedbackRetriever(searcher))]
            as [(String, any Retriever)]
        {
            let run = try retriever.run(asked, k: 20)
            try folder.write("\(name).trec", run.rankings.map { $0.trecLines(tag: name) }.joined())
        }
        let letters = DocumentCode.LetterRetriever(documents: try CorpusReader.documents(dataset.corpusPath))
        let run = try letters.run(asked, k: 20)
        try folder.write("other.trec", run.rankings.map { $0.trecLines(tag: "letters") }.joined())
        let written = try DocumentCode.readAndWrite()
        #expect(written.words > 0 && !written.lines.isEmpty)

        #expect(try DocumentCode.compareRuns().count == 3)
        #expect(try DocumentCode.evaluation()["nDCG@10"] ?? 0 > 0.5)
        #expect(try DocumentCode.mining(searcher, queries, train).negatives > 0)
        #expect(try DocumentCode.mineNegatives(searcher, searcher, queries, train).contains { $0.negatives.count == 3 })
        #expect(DocumentCode.output().last?.contains("negatives for") == true)
        let filtered = try HardNegativeMiner(
            retriever: searcher, documents: searcher, options: MiningOptions(relativeMargin: nil),
            filters: [DocumentCode.SeriesFilter()])
        var halved = Qrels()  // One of the two documents of an aspect is judged, the other is of its series.
        for query in queries { halved.judge(query: query.id, document: train.relevant(to: query.id)[0], grade: 1) }
        let report = try filtered.mine(queries: queries, qrels: halved) { _ in }
        #expect(report.rejected["sameSeries"] ?? 0 > 0)
        try DocumentCode.mineTrainCompare()
        #expect(DocumentCode.output().count == 2)
    }

    /// Writes what the corpus says of some words as a dataset, with the judgements of test beside it.
    private func write(_ corpus: Homonyms, words: Set<String>, into folder: TemporaryFolder) throws {
        let root = Self.root.appending(path: "corpora/homonyms")
        for name in ["corpus.jsonl", "queries.jsonl"] {
            let kept = try String(contentsOf: root.appending(path: name), encoding: .utf8).split(separator: "\n")
                .filter { line in words.contains { line.contains("\"word\": \"\($0)\"") } }
            try folder.write("DATASET/" + name, kept.map { $0 + "\n" }.joined())
        }
        for split in ["train", "dev", "test"] {
            let kept = try String(contentsOf: root.appending(path: "qrels/\(split).tsv"), encoding: .utf8)
                .split(separator: "\n").enumerated()
                .filter { place, line in place == 0 || words.contains { line.hasPrefix("q-\($0)-") } }.map(\.element)
            let text = kept.map { $0 + "\n" }.joined()
            try folder.write("DATASET/qrels/\(split).tsv", text)
            if split == "test" { try folder.write("test.tsv", text) }
        }
    }
}
