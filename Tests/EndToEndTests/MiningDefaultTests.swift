import DecoyTestSupport
import Foundation
import Testing

@Suite("The defaults of decoy mine", .tags(.endToEnd))
struct MiningDefaultTests {
    /// Topics of six documents in pairs that share words; each query has a pair of positives, so that a hundred can be hidden.
    private struct Data {
        var corpus: [String] = []
        var queries: [String] = []
        var qrels: [String] = []

        init(topics: Int) {
            for topic in 0..<topics {
                for number in 0..<6 {
                    // In every third topic a third document is like the pair, and not labelled.
                    let pair = number == 2 && topic % 3 == 0 ? 0 : number / 2
                    let aspect = (0..<4).map { "a\(topic)x\(pair)x\($0)" }
                    let noise = (0..<6).map { "n\((topic * 7 + number * 11 + $0 * 13) % 50)" }
                    let words = ["t\(topic)", "u\(topic % 20)"] + aspect + noise
                    corpus.append(
                        #"{"_id": "d\#(topic)-\#(number)", "title": "", "text": "\#(words.joined(separator: " "))"}"#)
                }
                queries.append(#"{"_id": "q\#(topic)", "text": "t\#(topic) u\#(topic % 20)"}"#)
                qrels += ["q\(topic)\td\(topic)-0\t1", "q\(topic)\td\(topic)-1\t1"]
            }
        }

        func write(into folder: TemporaryFolder, as name: String) throws {
            try folder.write("\(name)/corpus.jsonl", corpus.map { $0 + "\n" }.joined())
            try folder.write("\(name)/queries.jsonl", queries.map { $0 + "\n" }.joined())
            try folder.write(
                "\(name)/qrels/train.tsv", "query-id\tcorpus-id\tscore\n" + qrels.map { $0 + "\n" }.joined())
            let made = try DecoyProcess.run(["index", folder.path(name), "-o", folder.path(name + ".index"), "-q"])
            #expect(made.status == 0, "\(made.messages)")
        }
    }

    private func mine(_ folder: TemporaryFolder, _ name: String, _ options: [String] = []) throws
        -> DecoyProcess.Outcome
    {
        try DecoyProcess.run(
            [
                "mine", folder.path(name + ".index"), "--queries", folder.path(name + "/queries.jsonl"), "--qrels",
                folder.path(name + "/qrels/train.tsv"), "-o", "-",
            ] + options)
    }

    @Test("Shuffled inputs, threads and processes change no byte; shuffled queries change the order of rows alone.")
    func sameBytes() throws {
        let folder = try TemporaryFolder()
        let data = Data(topics: 60)
        try data.write(into: folder, as: "data")
        let first = try mine(folder, "data", ["--threads", "1"])
        #expect(first.status == 0 && first.messages.contains("fitted on 120 hidden positives"), "\(first.messages)")
        #expect(first.messages.contains("falseNegativeProbability"), "\(first.messages)")
        for threads in ["1", "2"] {
            #expect(try mine(folder, "data", ["--threads", threads]).output == first.output)
        }
        var random = SeededGenerator(seed: 3)
        var shuffled = data
        shuffled.corpus.shuffle(using: &random)
        shuffled.qrels.shuffle(using: &random)
        try shuffled.write(into: folder, as: "shuffled")
        #expect(try mine(folder, "shuffled").output == first.output)
        shuffled.queries.shuffle(using: &random)
        try shuffled.write(into: folder, as: "all")
        let all = try mine(folder, "all").output
        #expect(
            all != first.output && all.split(separator: "\n").sorted() == first.output.split(separator: "\n").sorted())
    }

    @Test("The estimate is fitted, standard or replaced by the margin, and message, report and sidecar say which.")
    func choice() throws {
        let folder = try TemporaryFolder()
        let shared = try Prepared.shared()
        try Data(topics: 60).write(into: folder, as: "data")
        let labels = ["--queries", shared.queries, "--qrels", shared.train, "--report", folder.path("r")]
        let fitted = [
            folder.path("data.index"), "--queries", folder.path("data/queries.jsonl"), "--qrels",
            folder.path("data/qrels/train.tsv"), "--report", folder.path("r"),
        ]
        let dense = [shared.vectors, "--model", shared.model, "--corpus", shared.corpus] + labels
        let off = ["--max-false-negative-probability", "off"]
        for (arguments, origin, margin, message) in [
            (fitted, "fitted", nil, "hidden positives"),
            (fitted + ["--relative-margin", "0.1"], nil, 0.1, nil),
            (
                fitted + ["--relative-margin", "0.1", "--max-false-negative-probability", "auto"], "fitted", 0.1,
                "hidden"
            ),
            (fitted + off, nil, 0.05, nil),
            (fitted + ["--max-false-negative-probability", "1"], nil, 0.05, nil),
            ([shared.index] + labels, "standard", nil, "standard coefficients"),
            (dense, nil, 0.05, "relative margin 0.05 instead"),
            (["--from-run", shared.run, "--output-format", "ids"] + labels, nil, 0.05, "there are no texts"),
        ] as [([String], String?, Double?, String?)] {
            let outcome = try DecoyProcess.run(["mine", "-o", folder.path("n")] + arguments)
            #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
            let report = try JSONNode(file: folder.path("r"))
            let sidecar = try JSONNode(file: folder.path("n.meta.json"))
            #expect(report["falseNegativeEstimate"]["origin"].text == origin, "\(arguments)")
            #expect(sidecar["falseNegativeEstimates"].items.first?["origin"].text == origin, "\(arguments)")
            #expect(report["options"]["relativeMargin"].number == margin, "\(arguments)")
            for notes in [report["notes"], sidecar["notes"]] {
                #expect(notes.items.isEmpty == (message == nil), "\(arguments)")
                if let message {
                    #expect(notes.items.first?.text?.contains(message) == true, "\(arguments)")
                    #expect(outcome.messages.contains(message))
                }
            }
        }
        let refused = try DecoyProcess.run(
            ["mine", "--from-run", shared.run, "--output-format", "ids", "-o", "-"] + labels
                + ["--max-false-negative-probability", "auto"])
        #expect(
            refused.status == 64 && refused.messages.contains("no texts") || refused.messages.contains("there are none")
        )
    }
}
