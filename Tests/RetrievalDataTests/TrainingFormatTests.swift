import DecoyTestSupport
import RetrievalData
import Testing

struct TrainingFormatTests {
    /// A query with two positives and two negatives; texts with what JSON must escape.
    private let group = PassageGroup(
        query: Query(id: "q1", text: "who \"rang\"?", metadata: #"{"answers": ["Bell", "A\tG"], "lang": "en"}"#),
        positives: [
            .init(Document(id: "p1", title: "Bell", text: "He\\she\u{1}"), score: 3),
            .init(Document(id: "p2", text: "rang\n"), score: 2.5),
        ],
        negatives: [
            .init(Document(id: "n1", title: "Ring", text: "ö\u{2028}"), score: 2),
            .init(Document(id: "n2", text: ""), score: -0.5),
        ])

    private static let plain: [TrainingFormat: String] = [
        .triplet: #"""
        {"anchor": "who \"rang\"?", "positive": "Bell He\\she\u0001", "negative": "Ring ö\#u{2028}"}
        {"anchor": "who \"rang\"?", "positive": "Bell He\\she\u0001", "negative": ""}
        {"anchor": "who \"rang\"?", "positive": "rang\n", "negative": "Ring ö\#u{2028}"}
        {"anchor": "who \"rang\"?", "positive": "rang\n", "negative": ""}

        """#,
        .nTuple: #"""
        {"anchor": "who \"rang\"?", "positive": "Bell He\\she\u0001", "negative_1": "Ring ö\#u{2028}", "negative_2": ""}
        {"anchor": "who \"rang\"?", "positive": "rang\n", "negative_1": "Ring ö\#u{2028}", "negative_2": ""}

        """#,
        .labeledPair: #"""
        {"anchor": "who \"rang\"?", "passage": "Bell He\\she\u0001", "label": 1}
        {"anchor": "who \"rang\"?", "passage": "rang\n", "label": 1}
        {"anchor": "who \"rang\"?", "passage": "Ring ö\#u{2028}", "label": 0}
        {"anchor": "who \"rang\"?", "passage": "", "label": 0}

        """#,
        .labeledList: #"""
        {"anchor": "who \"rang\"?", "passages": ["Bell He\\she\u0001", "rang\n", "Ring ö\#u{2028}", ""], "labels": [1, 1, 0, 0]}

        """#,
        .tevatron: #"""
        {"query_id": "q1", "query": "who \"rang\"?", "positive_passages": [{"docid": "p1", "title": "Bell", "text": "He\\she\u0001"}, {"docid": "p2", "title": "", "text": "rang\n"}], "negative_passages": [{"docid": "n1", "title": "Ring", "text": "ö\#u{2028}"}, {"docid": "n2", "title": "", "text": ""}]}

        """#,
        .flagEmbedding: #"""
        {"query": "who \"rang\"?", "pos": ["Bell He\\she\u0001", "rang\n"], "neg": ["Ring ö\#u{2028}", ""]}

        """#,
        .dpr: #"""
        {"dataset": "decoy", "question_id": "q1", "question": "who \"rang\"?", "answers": ["Bell", "A\tG"], "positive_ctxs": [{"title": "Bell", "text": "He\\she\u0001", "passage_id": "p1"}, {"title": "", "text": "rang\n", "passage_id": "p2"}], "negative_ctxs": [], "hard_negative_ctxs": [{"title": "Ring", "text": "ö\#u{2028}", "passage_id": "n1"}, {"title": "", "text": "", "passage_id": "n2"}]}
        """#,
        .ids: #"""
        {"query_id": "q1", "positive_ids": ["p1", "p2"], "negative_ids": ["n1", "n2"]}

        """#,
    ]

    @Test("The rows of each format have the bytes that its readers expect.", arguments: TrainingFormat.allCases)
    func bytes(_ format: TrainingFormat) throws {
        let expected = try #require(Self.plain[format])
        #expect(format.rows(of: group) == expected)
        var empty = group
        empty.negatives = []
        #expect(format.rows(of: empty).isEmpty)
    }

    @Test("Scores stand beside the passages that they belong to.")
    func scores() {
        func tails(_ format: TrainingFormat, _ field: String) -> [String] {
            format.rows(of: group, withScores: true).split(separator: "\n").compactMap { line in
                line.range(of: "\"\(field)\": ").map { String(line[$0.upperBound...]) }
            }
        }
        #expect(tails(.triplet, "scores") == ["[3.0, 2.0]}", "[3.0, -0.5]}", "[2.5, 2.0]}", "[2.5, -0.5]}"])
        #expect(tails(.nTuple, "scores") == ["[3.0, 2.0, -0.5]}", "[2.5, 2.0, -0.5]}"])
        #expect(tails(.labeledPair, "score") == ["3.0}", "2.5}", "2.0}", "-0.5}"])
        #expect(tails(.labeledList, "scores") == ["[3.0, 2.5, 2.0, -0.5]}"])
        #expect(tails(.flagEmbedding, "pos_scores") == ["[3.0, 2.5], \"neg_scores\": [2.0, -0.5]}"])
        #expect(tails(.ids, "scores") == ["[3.0, 2.5, 2.0, -0.5]}"])
        for format in [TrainingFormat.tevatron, .dpr] {
            let rows = format.rows(of: group, withScores: true)
            #expect(rows.matches(of: /"score": (-?[0-9.]+)/).map(\.1) == ["3.0", "2.5", "2.0", "-0.5"], "\(format)")
        }
    }

    @Test("Where a positive has no score, rows of several passages have none, and single passages keep theirs.")
    func missingScores() {
        var group = group
        group.positives[1].score = nil
        for format in [TrainingFormat.labeledList, .flagEmbedding, .ids] {
            #expect(format.rows(of: group, withScores: true) == format.rows(of: group), "\(format)")
        }
        let tuples = TrainingFormat.nTuple.rows(of: group, withScores: true).split(separator: "\n")
        #expect(tuples.map { $0.contains("scores") } == [true, false])
        let pairs = TrainingFormat.labeledPair.rows(of: group, withScores: true).split(separator: "\n")
        #expect(pairs.map { $0.contains("score") } == [true, false, true, true])
    }

    @Test("Every row is one line of JSON, whatever the texts.", arguments: TrainingFormat.allCases)
    func hostileText(_ format: TrainingFormat) throws {
        var text = RandomText(seed: 31)
        for _ in 0..<20 {
            func passage(_ id: String) -> PassageGroup.Passage {
                .init(
                    Document(id: id, title: text.text(words: 0...3), text: text.text(words: 0...5) + "\r\n\u{0}\""),
                    score: 1e-300)
            }
            let group = PassageGroup(
                query: Query(id: "q", text: text.text(words: 1...4) + "\u{1F}\\"),
                positives: [passage("a"), passage("b")],
                negatives: [passage("c")])
            for line in format.rows(of: group, withScores: true).split(separator: "\n", omittingEmptySubsequences: true)
            {
                _ = try JSONLine(parsing: String(line))
            }
        }
    }

    @Test("Labeled lists and FlagEmbedding's rows come back as one triplet for each positive, with their scores.")
    func reading() throws {
        let folder = try TemporaryFolder()
        let ids = ["Bell He\\she\u{1}": "p1", "rang\n": "p2", "Ring ö\u{2028}": "n1", "": "n2"]
        let expected = [
            Triplet(query: "q1", positive: "p1", negatives: ["n1", "n2"], scores: [3, 2, -0.5]),
            Triplet(query: "q1", positive: "p2", negatives: ["n1", "n2"], scores: [2.5, 2, -0.5]),
        ]
        for format in [TrainingFormat.labeledList, .flagEmbedding, .ids, .nTuple] {
            let path = try folder.write("\(format).jsonl", format.rows(of: group, withScores: true))
            let read = try TrainingRowReader.triplets(
                path, requiringScores: true, queryID: { $0 == group.query.text ? "q1" : nil },
                documentID: { ids[$0] })
            #expect(read == expected, "\(format)")
        }
        let mixed = #"{"anchor": "a", "passages": ["x", "y", "z"], "labels": [0, 1, 0], "scores": [1, 5, 2]}"#
        let read = try TrainingRowReader.triplets(
            folder.write("mixed.jsonl", mixed), queryID: { $0 }, documentID: { $0 })
        #expect(read == [Triplet(query: "a", positive: "y", negatives: ["x", "z"], scores: [5, 1, 2])])
    }

    @Test("Rows of formats that are not read are errors that name those that are.")
    func unreadFormats() throws {
        let folder = try TemporaryFolder()
        for (format, field) in [
            (TrainingFormat.tevatron, "positive_passages"), (.labeledPair, "passage"), (.dpr, "positive_ctxs"),
        ] {
            let path = try folder.write("n.jsonl", format.rows(of: group))
            let errors = try #require(throws: InputErrors.self) {
                try TrainingRowReader.triplets(path, queryID: { $0 }, documentID: { $0 })
            }
            #expect(errors.errors[0].problem.contains("\"\(field)\""))
            #expect(errors.errors[0].remedy.contains("\"positive_ids\"") && errors.errors[0].remedy.contains("\"pos\""))
        }
        for bad in [
            #"{"anchor": "a", "passages": ["x"], "labels": [1, 0]}"#, #"{"anchor": "a", "passages": ["x"]}"#,
            #"{"anchor": "a", "passages": ["x"], "labels": [0]}"#, #"{"query": "a", "pos": [], "neg": ["x"]}"#,
            #"{"query": "a", "neg": ["x"]}"#, #"{"query": "a", "pos": ["x"], "neg": ["y"], "pos_scores": "1"}"#,
        ] {
            let path = try folder.write("n.jsonl", bad)
            #expect(throws: InputErrors.self, "\(bad)") {
                try TrainingRowReader.triplets(path, queryID: { $0 }, documentID: { $0 })
            }
        }
    }
}
