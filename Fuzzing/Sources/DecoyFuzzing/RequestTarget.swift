import DurableStorage
import Foundation
import RetrievalData

@testable import LexicalSearch
@testable import SearchServer

/// A request of any bytes, through everything of the server but the network: the answer is 200 or 400 to 499, JSON where it says so, and its
/// hits are in the total order.
///
/// The input is a line, `METHOD TARGET`, and a body of JSON behind it. A `~` before the method leaves the type of the body out.
enum RequestTarget {
    private static let service: SearchService = {
        do {
            let reader = try IndexReader(directory: SmallIndex.positions.write())
            var searcher = try Searcher(reader: reader)
            searcher.phrases = true
            let served = searcher
            let systems = [
                ServedSystem(name: "bm25", mode: .lexical, retriever: served),
                ServedSystem(name: "before", mode: .dense, model: "before", retriever: try FeedbackRetriever(served)),
                ServedSystem(name: "after", mode: .dense, model: "after", retriever: try ProximityRetriever(served)),
            ]
            let collection = ServedCollection(
                systems: systems, searcher: served, documents: served, restricted: { try served.restricted(to: $0) },
                reranker: try ProximityRetriever(served), documentCount: reader.storedDocumentCount, commit: "1")
            let live = try LiveCollection(CollectionSource(fingerprint: { "1" }, open: { collection }))
            return SearchService(collection: live, options: ServerOptions()) { fatalError("inside: \($0)") }
        } catch {
            fatalError("no service to begin with: \(error)")
        }
    }()

    static func run(_ input: FuzzInput) {
        var input = input
        let bytes = input.remainder()
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1).map(String.init)
        var method = words.first ?? ""
        let isTyped = !method.hasPrefix("~")
        if !isTyped { method.removeFirst() }
        let request = ServerRequest(
            method: method, target: words.count > 1 ? words[1] : "/", contentType: isTyped ? "application/json" : nil,
            body: Array(bytes.dropFirst(line.count + 1)))
        _ = service.isQuick(request)
        let answer = service.respond(to: request)
        require(answer.status == 200 || (400...499).contains(answer.status), "status \(answer.status)")
        for (name, value) in answer.headers {
            require(!(name + value).utf8.contains { $0 < 0x20 }, "a header with a control character")
        }
        guard answer.contentType.hasSuffix("json") else { return }
        guard let object = try? JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any] else {
            fatalError("no JSON object: \(String(decoding: answer.body, as: UTF8.self))")
        }
        if answer.status != 200 {
            return require(object["status"] as? Int == answer.status, "a problem of another status")
        }
        if let hits = object["hits"] { check(hits, ofQuery: object) }
        for column in object["columns"] as? [[String: Any]] ?? [] where column["hits"] != nil {
            check(column["hits"] ?? [], ofQuery: object)
        }
    }

    /// Ranks count from 1, no more than k, and scores do not rise.
    private static func check(_ hits: Any, ofQuery answer: [String: Any]) {
        guard let hits = hits as? [[String: Any]], let k = answer["k"] as? Int else {
            fatalError("hits of another form")
        }
        require(hits.count <= k, "\(hits.count) hits for k \(k)")
        var last = Double.infinity
        for (place, hit) in hits.enumerated() {
            guard let rank = hit["rank"] as? Int, let score = hit["score"] as? Double, hit["id"] is String else {
                fatalError("a hit of another form: \(hit)")
            }
            require(rank == place + 1 && score <= last, "hit \(rank) at place \(place + 1)")
            last = score
        }
    }
}
