import DecoyTestSupport
import DurableStorage
import Foundation
import NumericKernels
import RetrievalData
import TextAnalysis
import Testing

@testable import DenseRetrieval

/// Tiny cross-encoders of every head with logits by PyTorch; `Fixtures/make_cross_encoders.py` says how they were made.
private struct CrossEncoderFixture: Decodable {
    struct Pair: Decodable {
        var ids: [Int32]
        var second: Int
    }

    struct Tensor: Decodable {
        var name: String
        var shape: [Int]
    }

    struct Case: Decodable {
        var config: String
        var tensors: [Tensor]
        var logits: [Float]

        /// The files of the model, as the fixture's generator fills its tensors.
        func write(to folder: TemporaryFolder) throws {
            var random = SeededGenerator(seed: 1)
            var bytes = SafetensorsWriter.header(tensors.map { ($0.name, .f32, $0.shape) })
            for tensor in tensors {
                let isScale = tensor.name.lowercased().contains("norm") && tensor.name.hasSuffix(".weight")
                for _ in 0..<tensor.shape.reduce(1, *) {
                    let value = (Float(random.next() >> 40) / 0x1p24 - 0.5) * 2 + (isScale ? 1 : 0)
                    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
                }
            }
            try folder.write("model.safetensors", bytes)
            try folder.write("config.json", config)
            let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "d", "e", "f", "g", "##b"]
            try folder.write("vocab.txt", pieces.joined(separator: "\n") + "\n")
        }
    }

    var pairs: [Pair]
    /// The most tokens, the lengths of both texts, and what stays of them.
    var cuts: [[Int]]
    var cases: [Case]

    static func read(file: String = #filePath) throws -> CrossEncoderFixture {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        return try JSONDecoder().decode(
            CrossEncoderFixture.self, from: Data(contentsOf: folder.appendingPathComponent("cross_encoders.json")))
    }
}

/// Documents in memory.
private struct Texts: DocumentStore {
    var documents: [Document]

    func document(_ id: DocumentID) throws -> Document? { documents.first { $0.id == id } }
    func documentIDs() throws -> [DocumentID] { documents.map(\.id) }
}

@Suite("Cross-encoders")
struct CrossEncoderTests {
    private func folder(_ example: CrossEncoderFixture.Case) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try example.write(to: folder)
        return folder
    }

    private func encoder(_ folder: TemporaryFolder) throws -> CrossEncoder { try CrossEncoderFolder.read(folder.path) }

    @Test("The logits of every head equal those of PyTorch.")
    func golden() throws {
        let fixture = try CrossEncoderFixture.read()
        #expect(fixture.cases.count == 5)
        for example in fixture.cases {
            let encoder = try encoder(folder(example))
            let packed = PackedSequences(fixture.pairs.map(\.ids))
            let hidden = encoder.model.hiddenStates(packed, secondParts: fixture.pairs.map(\.second), threads: 2)
            let logits = encoder.head.logits(SequencePooling.apply(hidden, sequences: packed, modes: [.first]))
            for (found, expected) in zip(logits, example.logits) {
                #expect(abs(found - expected) < 1e-4, "\(encoder.config.family): \(logits)")
            }
        }
    }

    @Test("Pairs are cut as transformers' tokenizer cuts them, the longer text first.")
    func cuts() throws {
        for cut in try CrossEncoderFixture.read().cuts {
            let (longest, first, second) = (cut[0], cut[1], cut[2])
            let kept = PairTemplate.longestFirst(first, second, room: longest - 3)
            #expect(kept.first == cut[3] && kept.second == cut[4], "\(cut)")
        }
        let template = PairTemplate(before: [1], between: [2], after: [3], marksSecond: true)
        let pair = template.ids([7, 7, 7], [8, 9], longest: 6)
        #expect(pair.ids == [1, 7, 7, 2, 8, 3] && pair.second == 4)
        #expect(template.ids([], []).ids == [1, 2, 3])
        #expect(template.ids([7], [8], longest: 0).ids == [1, 2, 3])
    }

    @Test("What stands around a pair comes from the tokenizer's post-processor.")
    func templates() throws {
        let vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a"].joined(separator: "\n") + "\n"
        let plain = try SubwordPipeline(vocabularyText: vocabulary).tokenizerJSON()
        func template(_ postProcessor: String) throws -> PairTemplate? {
            let json = plain.replacing("\"post_processor\":null", with: "\"post_processor\":" + postProcessor)
            return try SubwordPipeline(tokenizerJSON: Array(json.utf8)).pairTemplate
        }
        func special(_ name: String, _ type: Int) -> String {
            #"{"SpecialToken":{"id":"\#(name)","type_id":\#(type)}}"#
        }
        func text(_ name: String, _ type: Int) -> String { #"{"Sequence":{"id":"\#(name)","type_id":\#(type)}}"# }
        func processor(_ pair: [String]) -> String {
            #"{"type":"TemplateProcessing","single":[],"pair":[\#(pair.joined(separator: ","))],"special_tokens":"#
                + #"{"C":{"id":"C","ids":[2],"tokens":["[CLS]"]},"S":{"id":"S","ids":[3],"tokens":["[SEP]"]}}}"#
        }
        let bert = PairTemplate(before: [2], between: [3], after: [3], marksSecond: true)
        let roberta = PairTemplate(before: [2], between: [3, 3], after: [3], marksSecond: false)
        let ofBERT = processor([special("C", 0), text("A", 0), special("S", 0), text("B", 1), special("S", 1)])
        let ofXLM = processor([
            special("C", 0), text("A", 0), special("S", 0), special("S", 0), text("B", 0), special("S", 0),
        ])
        #expect(try template(ofBERT) == bert)
        #expect(try template(ofXLM) == roberta)
        #expect(try template(#"{"type":"Sequence","processors":[{"type":"ByteLevel"},\#(ofXLM)]}"#) == roberta)
        #expect(try template(#"{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}"#) == bert)
        #expect(try template(#"{"type":"RobertaProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}"#) == roberta)
        #expect(try template("null") == nil)
        #expect(try template(processor([text("B", 0), text("A", 1)])) == nil)
        #expect(try template(processor([text("A", 1), text("B", 0)])) == nil)
    }

    @Test("Threads change no bit of a score, and what else is scored no more than rounding.")
    func scores() throws {
        let fixture = try CrossEncoderFixture.read()
        let folder = try folder(fixture.cases[0])
        let encoder = try encoder(folder)
        let documents = ["c d e", "", "a b c d e f g a b c d e f g a b c d e f g", "zzz"]
        let many = documents + (0..<300).map { _ in "f g d e" }
        let scores = encoder.scores(of: many, for: "a b")
        #expect(scores == encoder.scores(of: many, for: "a b", threads: 2))
        #expect(scores.allSatisfy { $0 > 0 && $0 < 1 })
        for (document, score) in zip(documents, scores) {
            #expect(abs(encoder.scores(of: [document], for: "a b")[0] - score) < 1e-5)
        }
        let pairs = encoder.pairs(documents, query: "a b")
        #expect(pairs[0].ids == [2, 4, 5, 3, 6, 7, 8, 3] && pairs[0].second == 4)
        #expect(pairs[2].ids.count == encoder.longestSequence)
        #expect(encoder.scores(of: ["a b"], for: "c") != encoder.scores(of: ["c"], for: "a b"))
        try folder.write("sentence_bert_config.json", #"{"max_seq_length": 7}"#)
        try folder.write("config_sentence_transformers.json", #"{"activation_fn": "torch.nn.modules.linear.Identity"}"#)
        let other = try self.encoder(folder)
        #expect(other.pairs(documents, query: "a b")[0].ids == [2, 4, 5, 3, 6, 7, 3])
        let logits = other.logits(of: documents, for: "a b")
        #expect(other.scores(of: documents, for: "a b") == logits.map(Double.init))
    }

    @Test("As a retriever it scores the texts of a store, and ranks them all.")
    func retriever() throws {
        let encoder = try encoder(folder(CrossEncoderFixture.read().cases[1]))
        let store = Texts(documents: ["a b", "c", "d e f"].enumerated().map { Document(id: "d\($0)", text: $1) })
        let retriever = CrossEncoderRetriever(encoder: encoder, documents: store)
        let query = Query(id: "q", text: "g")
        let scores = try retriever.scores(of: ["d2", "none", "d0"], for: query)
        #expect(scores[1] == nil)
        let run = try retriever.run([query], k: 2)
        let all = try retriever.scores(of: ["d0", "d1", "d2"], for: query).compactMap { $0 }
        let best: [Double] = Array(all.sorted(by: >).prefix(2))
        #expect(run.rankings[0].documents.map { $0.score } == best)
    }

    @Test("A model with other than one label, without a head or of another kind is refused with the cause.")
    func refusals() throws {
        let example = try CrossEncoderFixture.read().cases[0]
        let changes: [(String, String, String)] = [
            (#""id2label": {"0": "LABEL_0"}"#, #""id2label": {"0": "no", "1": "yes"}"#, "2 labels"),
            ("BertForSequenceClassification", "BertModel", "BertModel"),
            (#""model_type": "bert""#, #""model_type": "t5""#, "t5"),
            (#""hidden_size": 16"#, #""hidden_size": 20"#, "shape"),
        ]
        for (old, new, word) in changes {
            var changed = example
            changed.config = example.config.replacingOccurrences(of: old, with: new)
            #expect(changed.config != example.config, "\(old)")
            let folder = try folder(changed)
            #expect(CrossEncoderFolder.isPresent(at: folder.path) == (new != "BertModel"))
            let error = #expect(throws: StorageError.self) { try encoder(folder) }
            #expect(error?.description.contains(word) == true, "\(new): \(error?.description ?? "")")
        }
        var headless = example
        headless.tensors.removeAll { $0.name.hasPrefix("classifier") }
        let without = try folder(headless)
        let error = #expect(throws: StorageError.self) { try encoder(without) }
        #expect(error?.description.contains("no classification head") == true)
        let folder = try folder(example)
        for (file, text, word) in [
            ("config_sentence_transformers.json", #"{"activation_fn": "torch.nn.GELU"}"#, "GELU"),
            ("config_sentence_transformers.json", #"{"default_prompt_name": "web"}"#, "web"),
            ("config_sentence_transformers.json", "[", "JSON"), ("config.json", "{", "config"),
        ] {
            try folder.write(file, text)
            let error = #expect(throws: StorageError.self) { try encoder(folder) }
            #expect(error?.description.contains(word) == true, "\(text): \(error?.description ?? "")")
        }
        #expect(!CrossEncoderFolder.isPresent(at: folder.path + "/none"))
    }
}
