import Decoy
import DurableStorage
import Testing

@Suite("corpora/homonyms")
struct HomonymsTests {
    private func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }

    @Test("At least 45 words have two to four senses each, with at least six documents of 40 to 90 words a sense.")
    func size() throws {
        let corpus = try Homonyms.corpus()
        #expect(corpus.senses.count >= 45)
        #expect(corpus.documents.count >= 700)
        #expect(corpus.queries.count >= 900)
        for (word, senses) in corpus.senses {
            #expect((2...4).contains(senses.count), "\(word)")
            for sense in senses { #expect(corpus.documents(word, sense).count >= 6, "\(word) \(sense)") }
        }
        for document in corpus.documents {
            let count = document.text.split(separator: " ").count
            #expect((40...90).contains(count), "\(document.id) has \(count) words")
        }
    }

    @Test("Ids, texts, titles with their texts, and the texts of queries are unique, and no sentence stands twice.")
    func unique() throws {
        let corpus = try Homonyms.corpus()
        #expect(Set(corpus.documents.map(\.id)).count == corpus.documents.count)
        #expect(Set(corpus.documents.map(\.text)).count == corpus.documents.count)
        #expect(Set(corpus.queries.map(\.id)).count == corpus.queries.count)
        #expect(Set(corpus.queries.map { $0.text.lowercased() }).count == corpus.queries.count)
        var sentences: [String: DocumentID] = [:]
        for document in corpus.documents {
            for part in document.text.split(whereSeparator: { ".!?".contains($0) }) {
                let sentence = words(String(part)).joined(separator: " ")
                // Short parts such as "A" of an interview, or "8" of "8.8", are no sentences.
                guard sentence.count > 20 else { continue }
                let other = sentences.updateValue(document.id, forKey: sentence)
                #expect(other == nil, "\(document.id) and \(other ?? ""): \(sentence)")
            }
        }
    }

    @Test("Every document and every query holds its word.")
    func holdsWord() throws {
        let corpus = try Homonyms.corpus()
        for document in corpus.documents {
            let word = try #require(corpus.documentTopics[document.id]).word
            #expect(
                words(document.text).contains { $0.hasPrefix(word) || $0.hasPrefix(word.dropLast()) }, "\(document.id)")
        }
        for query in corpus.queries {
            let word = try #require(corpus.queryTopics[query.id]).word
            #expect(words(query.text).contains { $0.contains(word.dropLast()) }, "\(query.id)")
        }
    }

    @Test("Relevant to a query are all documents of its word, sense and aspect, and only these.")
    func judgements() throws {
        let corpus = try Homonyms.corpus()
        var byTopic: [Homonyms.Topic: Set<DocumentID>] = [:]
        for (id, topic) in corpus.documentTopics { byTopic[topic, default: []].insert(id) }
        var judged = 0
        for (split, qrels) in corpus.qrels {
            judged += qrels.queryIDs.count
            for query in qrels.queryIDs {
                let topic = try #require(corpus.queryTopics[query], "\(split): \(query)")
                #expect(Set(qrels.relevant(to: query)) == byTopic[topic], "\(split): \(query)")
                #expect(qrels[query].values.allSatisfy { $0 == 1 })
            }
        }
        #expect(judged == corpus.queries.count, "every query is judged, each in one split")
    }

    @Test("No document is relevant in two splits and no query stands in two; nearly every word is tested.")
    func splits() throws {
        let corpus = try Homonyms.corpus()
        #expect(corpus.qrels.keys.sorted() == ["dev", "test", "train"])
        var documents: [DocumentID: String] = [:]
        var queries: [QueryID: String] = [:]
        for (split, qrels) in corpus.qrels {
            for query in qrels.queryIDs {
                #expect(queries.updateValue(split, forKey: query) == nil, "\(query)")
                for document in qrels.relevant(to: query) {
                    let other = documents.updateValue(split, forKey: document)
                    #expect(other == nil || other == split, "\(document)")
                }
            }
        }
        #expect(documents.count == corpus.documents.count)
        let tested = Set((corpus.qrels["test"]?.queryIDs ?? []).compactMap { corpus.queryTopics[$0]?.word })
        #expect(tested.count >= 45 && tested.isSubset(of: corpus.senses.keys))
    }

    @Test("Any two senses of a word share at least ten words of four letters or more besides it.")
    func sharedWords() throws {
        let corpus = try Homonyms.corpus()
        let stopWords: Set = [
            "such", "that", "their", "then", "there", "these", "they", "this", "will", "with", "into",
        ]
        for (word, senses) in corpus.senses {
            let vocabularies = senses.map { sense in
                Set(corpus.documents(word, sense).flatMap { words($0.title + " " + $0.text) })
                    .filter { $0.count >= 4 && !stopWords.contains($0) && !$0.hasPrefix(word) }
            }
            for one in vocabularies.indices {
                for other in vocabularies.indices where other > one {
                    let shared = vocabularies[one].intersection(vocabularies[other])
                    #expect(shared.count >= 10, "\(word): \(senses[one]), \(senses[other]): \(shared.sorted())")
                }
            }
        }
    }

    @Test(
        "BM25 ranks wrong senses high: among the first ten nearly always, above a relevant document for half of the queries."
    )
    func wrongSenses() throws {
        let corpus = try Homonyms.corpus()
        let folder = InMemoryDirectory()
        let writer = try IndexWriter(directory: folder, options: IndexOptions(analyzer: .english, threads: 1))
        try writer.add(corpus.documents)
        _ = try writer.commit()
        let run = try Searcher(reader: IndexReader(directory: folder)).run(corpus.queries, k: 100)
        var amongTen = 0.0
        var above = 0.0
        var first = 0.0
        for ranking in run.rankings {
            let topic = try #require(corpus.queryTopics[ranking.queryID])
            let topics = ranking.documents.compactMap { corpus.documentTopics[$0.id] }
            let relevant = topics.indices.filter { topics[$0] == topic }
            let wrong = topics.firstIndex { $0.isWrongSense(of: topic) } ?? topics.count
            if wrong < 10 { amongTen += 1 }
            if wrong < (relevant.count < 2 ? topics.count : relevant[1]) { above += 1 }
            if wrong < (relevant.first ?? topics.count) { first += 1 }
        }
        let count = Double(corpus.queries.count)
        // Measured: 0.959, 0.517 and 0.059; corpora/homonyms/README.md says the same.
        #expect(amongTen / count >= 0.94, "\(amongTen / count)")
        #expect(above / count >= 0.49, "\(above / count)")
        #expect(first / count >= 0.045, "\(first / count)")
    }
}
