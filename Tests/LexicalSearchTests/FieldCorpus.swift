import DecoyTestSupport
import RetrievalData

@testable import LexicalSearch

/// Small random corpora with a title, a text and tags in the metadata, any of which may be empty.
enum FieldCorpus {
    static let names = ["title", "text", "tags"]

    static func documents(seed: UInt64, count: Int, prefix: String = "f") -> [Document] {
        let titles = TestIndex.documents(seed: 3 * seed, count: count)
        let texts = TestIndex.documents(seed: 3 * seed + 1, count: count)
        let tags = TestIndex.documents(seed: 3 * seed + 2, count: count)
        return (0..<count).map { number in
            let words = tags[number].text.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ", ")
            let list = "\"tags\": [\(words)]"
            return Document(
                id: "\(prefix)\(number)", title: titles[number].text, text: texts[number].text,
                metadata: number % 3 == 0 ? nil : number % 3 == 1 ? "{\(list)}" : "{\"metadata\": {\(list)}}")
        }
    }

    /// The text of a field, for the reference.
    static func text(_ document: Document, _ field: String) -> String {
        switch field {
        case "title": return document.title
        case "text": return document.text
        default:
            let parts = (document.metadata ?? "").split(separator: "[")
            return parts.count == 2
                ? parts[1].filter { !"\"]},".contains($0) } : ""
        }
    }

    static func weights(_ random: inout SeededGenerator) -> [Double] {
        while true {
            let weights = names.map { _ in
                [0, 0, 1, 1, 2, 0.5, 3.7, Double.random(in: 0...10, using: &random), 1000].randomElement(using: &random)
                    ?? 1
            }
            if weights.contains(where: { $0 > 0 }) { return weights }
        }
    }

    static func fields(_ weights: [Double], leavingOut: Bool = false) throws -> FieldWeights {
        try FieldWeights(
            zip(names, weights).compactMap { leavingOut && $1 == 0 ? nil : FieldWeights.Field($0, weight: $1) })
    }

    static func options(
        _ weights: [Double] = [1, 1, 1], threads: Int = 1, memory: Int = 512 << 20
    ) throws -> IndexOptions {
        IndexOptions(analyzer: .whitespace, fields: try fields(weights), threads: threads, memory: memory)
    }
}
