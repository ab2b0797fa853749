import Foundation
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Articles")
struct ArticleTests {
    /// The example of the catalog's first page.
    private func example(
        documents: [Document], queries: [Query], qrels: Qrels, tokenizer: any SubwordTokenizer, options: TrainingOptions
    ) throws -> Run {
        let set = try TrainingSet(documents: documents, queries: queries, qrels: qrels, tokenizer: tokenizer)
        let start = try DualEncoder(tokenizer: tokenizer, options: options)
        let trained = try Trainer(set, options: options).train(start)
        let index = try FlatVectorIndex(documents, model: trained.model)
        let run = try DenseRetriever(model: trained.model, index: index).run(queries, k: 100)
        return run
    }

    @Test("The example of the catalog runs, and stands in it line for line.")
    func catalog() throws {
        let task = ToyTask(subjects: 3, seed: 1)
        var options = TrainingOptions()
        options.dimension = 8
        options.epochs = 1
        let run = try example(
            documents: task.documents, queries: task.queries, qrels: task.qrels, tokenizer: ToyTokenizer(),
            options: options)
        #expect(run.rankings.count == task.queries.count)
        let here = try String(contentsOfFile: #filePath, encoding: .utf8)
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let page = try String(
            contentsOf: root.appending(path: "Sources/DenseRetrieval/DenseRetrieval.docc/DenseRetrieval.md"),
            encoding: .utf8)
        let code = page.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }.joined()
        #expect(!code.isEmpty)
        for line in code.split(separator: "\n") { #expect(here.contains(line), "\(line)") }
    }
}
