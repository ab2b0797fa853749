import LexicalSearch
import RetrievalData
import Testing

@testable import SearchServer

@Suite("Search over HTTP")
struct SearchEndpointTests {
    private func answer(_ target: String) throws -> JSONView {
        let sample = try ServedSample()
        let response = sample.get(target)
        #expect(response.status == 200, "\(target): \(String(decoding: response.body, as: UTF8.self))")
        #expect(response.contentType == "application/json")
        return try JSONView(parsing: response.body)
    }

    @Test("Hits are the searcher's, with ranks from 1 and the same scores.")
    func hits() throws {
        let sample = try ServedSample()
        let expected = try ServedSample.open(sample.directory).searcher?.search("apple river", k: 3) ?? []
        let json = try answer("/search?q=apple+river&k=3")
        #expect(json.query.string == "apple river")
        #expect(json.mode.string == "lexical")
        #expect(json.k.number == 3)
        #expect(json.hits.array.map(\.id.string) == expected.map(\.id))
        #expect(json.hits.array.map(\.score.number) == expected.map(\.score))
        #expect(json.hits.array.map(\.rank.number) == [1, 2, 3])
        #expect(json.hits[0].keys == ["rank", "id", "score"])
    }

    @Test("The query is decoded as forms are: plus, percent escapes, UTF-8.")
    func decoding() throws {
        #expect(try answer("/search?q=%E6%9D%B1%E4%BA%AC+apple").query.string == "東京 apple")
        #expect(try answer("/search?q=a%2Bb%26c%3Dd").query.string == "a+b&c=d")
    }

    @Test("A body of JSON takes the same parameters as the URL, and gives the same answer.")
    func bodies() throws {
        let sample = try ServedSample()
        let body = sample.post("/search", #"{"q": "apple", "k": 2, "explain": true, "documents": true}"#)
        let url = sample.get("/search?q=apple&k=2&explain=true&documents=true")
        func hits(_ response: ServerResponse) throws -> JSONView { try JSONView(parsing: response.body).hits }
        #expect(body.status == 200)
        #expect(try hits(body) == hits(url))
    }

    @Test("Phrases, filters and models work as on the command line.")
    func options() throws {
        #expect(try answer("/search?q=%22apple+slices%22").hits.array.map(\.id.string) == ["apple-1"])
        #expect(try answer("/search?q=apple&filter=year+%3E%3D+2010").hits.array.map(\.id.string) == ["apple-2"])
        let after = try answer("/search?q=apple&mode=dense")
        #expect(after.model.string == "after")
        #expect(try answer("/search?q=apple&mode=dense&model=before").model.string == "before")
        #expect(
            try answer("/search?q=apple&rerank=true").hits.array.map(\.id.string) == after.hits.array.map(\.id.string))
    }

    @Test("Contributions of an explanation sum up to the score.")
    func explanations() throws {
        for hit in try answer("/search?q=the+river+apple&explain=true").hits.array {
            let sum = hit.explanation.parts.array.compactMap(\.contribution.number).reduce(0, +)
            #expect(Float(sum) == hit.score.number.map { Float($0) })
        }
    }

    @Test("Ranges of highlights are the query's words in bytes of the stretch.")
    func highlights() throws {
        let hit = try answer("/search?q=rivers+apple&highlight=true&k=5").hits.array.first { $0.id.string == "bank-1" }
        let stretch = Array((hit?.highlights.text.string ?? "").utf8)
        let words = hit?.highlights.ranges.array.map { range in
            String(decoding: stretch[Int(range[0].number ?? 0)..<Int(range[1].number ?? 0)], as: UTF8.self)
        }
        #expect(words == ["river", "river"])
    }

    @Test("Compare has one column a system and every document once.")
    func comparison() throws {
        let json = try answer("/compare?q=apple+bank&k=4")
        #expect(json.columns.array.map(\.name.string) == ["bm25", "before", "after"])
        let ids = Set(json.columns.array.flatMap { $0.hits.array.compactMap(\.id.string) })
        #expect(json.documents.keys == ids)
        #expect(json.documents["apple-1"].title.string == "Apple pie")
    }

    @Test("A document is given whole, whatever its id is made of.")
    func documents() throws {
        for document in ServedSample.documents {
            let id = document.id.utf8.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            let json = try answer("/documents/" + id)
            #expect(json.id.string == document.id)
            #expect(json.title.string == document.title)
            #expect(json.text.string == document.text)
            #expect(json.metadata.keys.isEmpty == (document.metadata == nil))
        }
    }

    @Test("Analysis, systems and health say what is served.")
    func status() throws {
        #expect(
            try answer("/analyze?text=The+rivers").tokens.array.map { $0.terms.array.map(\.string) } == [[], ["river"]])
        #expect(try answer("/health").documents.number == 5)
        #expect(try answer("/systems").columns.array.count == 3)
        #expect(try answer("/systems").review.truth == false)
    }

    @Test("Negatives of a query are what mining finds, without its positives, each other candidate with a reason.")
    func negatives() throws {
        let json = try answer("/negatives?q=apple+pie&positive=apple-1&num=1&relative_margin=0.05")
        #expect(json.positives.array.map(\.document.string) == ["apple-1"])
        #expect(json.negatives.array.count == 1)
        let rest = json.negatives.array + json.rejected.array
        #expect(rest.allSatisfy { $0.document.string != "apple-1" && $0.fate.string != nil })
        #expect(json.documents.keys.isSuperset(of: rest.compactMap(\.document.string)))
    }
}
