import DecoyTestSupport
import RetrievalData
import Testing

@testable import NegativeMining

struct EvidenceFilterTests {
    private let query = Query(id: "q", text: "who wrote it")

    /// A retriever of documents in falling order of score, `p` being the positive.
    private func fake(_ documents: [Document]) -> FakeRetriever {
        var fake = FakeRetriever()
        for (place, document) in documents.enumerated() {
            fake.documents[document.id] = document
            fake.ranked["q", default: []].append(ScoredDocument(id: document.id, score: Double(100 - place)))
        }
        return fake
    }

    /// The documents that a filter rejects, with their reasons.
    private func rejected(
        _ documents: [Document], positives: [DocumentID] = ["p"],
        by filter: (FakeRetriever) -> any FalseNegativeFilter
    ) throws -> [DocumentID: String] {
        let fake = fake(documents)
        var qrels = Qrels()
        for positive in positives { qrels.judge(query: "q", document: positive, grade: 1) }
        let miner = try HardNegativeMiner(
            retriever: fake, documents: fake, options: .init(numNegatives: 50, relativeMargin: nil),
            filters: [filter(fake)], explains: true)
        var rejected: [DocumentID: String] = [:]
        _ = try miner.mine(queries: [query], qrels: qrels) { mined in
            for rejection in mined.rejections ?? [] where rejection.reason != .positive {
                rejected[rejection.document] = rejection.reason.rawValue
            }
        }
        return rejected
    }

    @Test(
        "An answer is found whatever its case and white space, at the bounds of words, and within words where a script has none.",
        arguments: [
            ("Jane Austen", "a novel by JANE\n  AUSTEN.", true), ("art", "the party", false), ("art", "pop-art!", true),
            ("42", "1420", false), ("42", "in 42 days", true), ("北京", "在北京市", true), ("C++", "in C++11", true),
            ("Straße", "STRASSE", false), ("straße", "der STRAßE entlang", true), ("a b", "a a b", true),
            ("x", "", false),
            ("éa", "bébéa éa", true),
        ])
    func answers(answer: String, text: String, isFound: Bool) throws {
        let documents = [Document(id: "p", text: answer), Document(id: "d", text: text)]
        let rejected = try rejected(documents) { AnswerFilter(answers: ["q": ["zzz", answer]], documents: $0) }
        #expect(rejected == (isFound ? ["d": "answer"] : [:]))
        #expect(try self.rejected(documents) { AnswerFilter(answers: ["q": [" "]], documents: $0) }.isEmpty)
        #expect(try self.rejected(documents) { AnswerFilter(answers: ["r": [answer]], documents: $0) }.isEmpty)
    }

    @Test(
        "A candidate of the same group as a positive is rejected: at the top of the metadata, within it, or by a common value."
    )
    func groups() throws {
        let documents = [
            Document(id: "p", text: "p", metadata: #"{"url": "a", "tags": ["x", "y"], "year": 7, "none": null}"#),
            Document(id: "top", text: "1", metadata: #"{"url": "a"}"#),
            Document(id: "inner", text: "2", metadata: #"{"metadata": {"url": "a"}}"#),
            Document(id: "other", text: "3", metadata: #"{"url": "b", "tags": ["z", "y"], "year": 7.0, "none": null}"#),
            Document(id: "without", text: "4"), Document(id: "broken", text: "5", metadata: "{"),
        ]
        func rejected(_ field: String) throws -> Set<DocumentID> {
            Set(try self.rejected(documents) { SameGroupFilter(field: field, documents: $0) }.keys)
        }
        #expect(try rejected("url") == ["top", "inner"])
        #expect(try rejected("tags") == ["other"])
        #expect(try rejected("year") == ["other"])
        #expect(try rejected("none").isEmpty && rejected("missing").isEmpty)
    }

    @Test("People's judgements reject what they hold relevant; a lower grade doesn't.")
    func judged() throws {
        var further = Qrels()
        for (document, grade) in [("a", 2), ("b", 0), ("c", -1)] {
            further.judge(query: "q", document: document, grade: grade)
        }
        further.judge(query: "other", document: "d", grade: 1)
        let documents = ["p", "a", "b", "c", "d"].map { Document(id: $0, text: $0) }
        #expect(try rejected(documents) { _ in JudgedFilter(qrels: further) } == ["a": "judgedRelevant"])
    }

    @Test("The query's own document is rejected: by its id, its text or its contents.")
    func queryIsDocument() throws {
        let documents = [
            Document(id: "p", text: "p"), Document(id: "q", text: "another"), Document(id: "a", text: "who wrote it"),
            Document(id: "b", title: "title", text: "who wrote it"), Document(id: "c", title: "who", text: "wrote it"),
            Document(id: "d", text: "Who wrote it"),
        ]
        let rejected = try rejected(documents) { QueryDocumentFilter(documents: $0) }
        #expect(
            rejected == [
                "q": "queryIsDocument", "a": "queryIsDocument", "b": "queryIsDocument", "c": "queryIsDocument",
            ])
    }

    @Test("A teacher rejects what it ranks above the positive or within the margin; what it doesn't know passes.")
    func teacher() throws {
        let run = Run(
            name: "cross-encoder",
            rankings: [
                Ranking(
                    queryID: "q",
                    sorting: [("a", 3), ("p", 2), ("b", 2), ("c", 1.5), ("r", 1), ("d", 0)].map {
                        ScoredDocument(id: $0.0, score: $0.1)
                    })
            ])
        let documents = ["p", "r", "a", "b", "c", "d", "e"].map { Document(id: $0, text: $0) }
        func rejected(
            _ margin: Double, _ positives: [DocumentID] = ["p"], against reference: PositiveReference = .lowest
        ) throws -> Set<DocumentID> {
            let rejected = try self.rejected(documents, positives: positives) { _ in
                TeacherFilter(teacher: RunRetriever(run), margin: margin, against: reference)
            }
            #expect(rejected.values.allSatisfy { $0 == "teacher" })
            let cached = CachedRetriever(RunRetriever(run))
            let onDemand = try self.rejected(documents, positives: positives) { _ in
                TeacherFilter(teacher: cached, margin: margin, against: reference, scoresOnDemand: true)
            }
            #expect(onDemand == rejected && cached.scored == documents.count)
            return Set(rejected.keys)
        }
        #expect(try rejected(0) == ["a"])
        #expect(try rejected(0.5) == ["a", "b"])
        #expect(try rejected(0.6) == ["a", "b", "c"])
        #expect(try rejected(0, ["p", "r"]) == ["a", "b", "c"])
        #expect(try rejected(0, ["p", "r"], against: .highest) == ["a"])
        #expect(try rejected(0, ["p", "r"], against: .mean) == ["a", "b"])
        #expect(try rejected(0, ["e"]).isEmpty)
    }

    @Test("A filter is prepared once a query, with all candidates of the window.")
    func preparation() throws {
        struct Best: FalseNegativeFilter {
            var best: DocumentID?
            let name = "best"
            func prepared(for candidates: [DocumentID], in context: MiningContext) -> any FalseNegativeFilter {
                Best(best: candidates.first)
            }
            func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
                candidate.document == best ? RejectionReason(rawValue: name) : nil
            }
        }
        let documents = ["p", "a", "b"].map { Document(id: $0, text: $0) }
        #expect(try rejected(documents) { _ in Best() } == ["a": "best"])
    }
}
