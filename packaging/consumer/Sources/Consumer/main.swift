import Foundation
import LexicalSearch
import RetrievalData
import RetrievalEvaluation

// Three documents become an index; two queries are searched and measured. `make test-consumer` compares what is printed with expected.txt.

let documents = [
    Document(id: "fruit", title: "Apple", text: "Apples ripen in autumn; cooks bake them into pies."),
    Document(id: "company", title: "Apple", text: "The company from Cupertino sells computers and telephones."),
    Document(id: "bank", text: "Willows grow on the bank of the river."),
]
let queries = [Query(id: "1", text: "baking apples"), Query(id: "2", text: "trees at a river bank")]
var qrels = Qrels()
_ = qrels.judge(query: "1", document: "fruit", grade: 1)
_ = qrels.judge(query: "2", document: "bank", grade: 1)

let path = FileManager.default.temporaryDirectory.appending(path: "consumer-\(UUID().uuidString).index").path
defer { try? FileManager.default.removeItem(atPath: path) }
let writer = try IndexWriter(path: path)
try writer.add(documents)
let summary = try writer.commit()
print("\(summary.documentCount) documents")

let searcher = try Searcher(reader: IndexReader(path: path))
let run = try searcher.run(queries, k: 10)
for ranking in run.rankings {
    print(ranking.queryID, ranking.documents.map(\.id).joined(separator: " "))
}

let measures = try Measure.list("RR nDCG@10")
let evaluation = try Evaluator(qrels: qrels, measures: measures).evaluate(run)
for measure in measures { print(measure, evaluation.mean(of: measure) ?? .nan) }
