import DecoyTestSupport
import DurableStorage
import Foundation
import NumericKernels
import Testing

@testable import DenseRetrieval

@Suite("Transformer encoders")
struct TransformerTests {
    private func folder(_ example: TransformerFixture.Case) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try example.write(to: folder)
        return folder
    }

    private func values(_ matrix: Matrix) -> [Float] { (0..<matrix.rows).flatMap { matrix.row($0) } }

    @Test("The rows of every family equal those of PyTorch, packed without padding, with the same bits on two threads.")
    func golden() throws {
        let fixture = try TransformerFixture.read()
        #expect(fixture.cases.count == 5)
        for example in fixture.cases {
            let folder = try folder(example)
            let directory = try FileSystemDirectory(path: folder.path)
            let config = try TransformerConfig(in: directory)
            let weights = try TransformerWeights(
                SafetensorsFile(path: folder.path("model.safetensors")), config: config)
            let model = TransformerModel(config: config, weights: weights)
            let rows = model.hiddenStates(PackedSequences(fixture.sequences))
            #expect(rows.rows == example.rows.count)
            let differences = zip(values(rows), example.rows.flatMap { $0 }).map { abs($0 - $1) }
            #expect((differences.max() ?? 1) < 2e-5, "\(config.family)")
            #expect(values(model.hiddenStates(PackedSequences(fixture.sequences), threads: 2)) == values(rows))
        }
    }

    @Test("Texts get special tokens, are cut at the longest sequence, and threads change no bit.")
    func texts() throws {
        let folder = try folder(TransformerFixture.read().cases[0])
        try folder.write("sentence_bert_config.json", #"{"max_seq_length": 6, "do_lower_case": false}"#)
        try folder.write(
            "config_sentence_transformers.json",
            #"{"prompts": {"query": "a b ", "document": ""}, "default_prompt_name": null}"#)
        let encoder = try TransformerFolder.read(folder.path)
        let texts = ["a b", "", "c d e f g c d e f", "zzz"] + (0..<400).map { _ in "a b c d e f g" }
        let sequences = encoder.sequences(texts)
        #expect(sequences[0] == [2, 4, 5, 3])
        #expect(sequences[1] == [2, 3])
        #expect(sequences[2] == [2, 6, 7, 8, 9, 3])
        #expect(TransformerEncoder.batches(sequences.map(\.count)).count > 1)
        let vectors = encoder.encode(texts)
        #expect(vectors.allSatisfy { $0.count == 16 && $0.allSatisfy(\.isFinite) })
        #expect(vectors == encoder.encode(texts, threads: 2))
        #expect(encoder.encode(["c"], prompt: encoder.prompts["query"]) == encoder.encode(["a b c"]))
    }

    @Test(
        "A text has the same bits alone, in any order and beside any others, on one and two threads, in every precision."
    )
    func packingChangesNoBit() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for example in try TransformerFixture.read().cases {
            let folder = try folder(example)
            var encoder = try TransformerFolder.read(folder.path)
            let sequences = (0..<60).map { _ in
                (0..<Int.random(in: 1...min(20, encoder.longestSequence), using: &generator)).map { _ in
                    Int32.random(in: 0..<12, using: &generator)
                }
            }
            let exact = encoder.encodeRows(sequences)
            for precision in ProductPrecision.allCases {
                encoder.precision = precision
                let together = encoder.encodeRows(sequences, threads: 2)
                #expect(
                    values(encoder.encodeRows(sequences.reversed())) == values(together).reversedRows(together.columns))
                for (index, sequence) in sequences.enumerated().prefix(12) {
                    let alone = encoder.encodeRows([sequence], threads: 1 + index % 2).row(0)
                    #expect(alone == together.row(index), "seed \(seed), \(encoder.config.family), \(precision)")
                }
                let difference = zip(values(together), values(exact)).map { abs($0 - $1) }.max() ?? 1
                #expect(precision == .float32 ? difference == 0 : difference > 0 && difference < 0.1)
            }
        }
    }

    @Test("Pooling takes the first token, the mean or the greatest values, one behind the other.")
    func pooling() {
        let rows = Matrix(columns: 2, values: [1, -2, 3, 4, 5, 6])
        let sequences = PackedSequences([[0, 0], [], [0]])
        let pooled = SequencePooling.apply(rows, sequences: sequences, modes: [.first, .mean, .maximum])
        #expect(pooled.row(0) == [1, -2, 2, 1, 3, 4])
        #expect(pooled.row(1) == [0, 0, 0, 0, 0, 0])
        #expect(pooled.row(2) == [5, 6, 5, 6, 5, 6])
    }

    @Test("What is not supported or does not fit is named.")
    func refusals() throws {
        let example = try TransformerFixture.read().cases[0]
        let changes: [(String, String, String)] = [
            (#""model_type": "bert""#, #""model_type": "t5""#, "t5"),
            (#""hidden_act": "gelu""#, #""hidden_act": "silu""#, "silu"),
            (#""hidden_size": 16"#, #""hidden_size": 20"#, "shape"),
            (#""num_attention_heads": 4"#, #""num_attention_heads": 3"#, "heads"),
            (#""vocab_size": 12"#, #""vocab_size": 11"#, "tokenizer"),
            (#""num_hidden_layers": 2"#, #""num_hidden_layers": 3"#, "encoder.layer.2"),
            (#""num_hidden_layers": 2"#, #""num_hidden_layers": -1"#, "num_hidden_layers"),
        ]
        for (old, new, word) in changes {
            var changed = example
            changed.config = example.config.replacingOccurrences(of: old, with: new)
            #expect(changed.config != example.config, "\(old)")
            let folder = try folder(changed)
            let error = #expect(throws: StorageError.self) { try TransformerFolder.read(folder.path) }
            #expect(error?.description.contains(word) == true, "\(new): \(error?.description ?? "")")
        }
        let folder = try folder(example)
        try folder.write(
            "modules.json", #"[{"type": "m.Transformer", "path": ""}, {"type": "m.Pooling", "path": "1_Pooling"}]"#)
        try folder.write("1_Pooling/config.json", #"{"pooling_mode_lasttoken": true}"#)
        let error = #expect(throws: StorageError.self) { try TransformerFolder.read(folder.path) }
        #expect(error?.description.contains("lasttoken") == true)
    }
}

extension [Float] {
    /// The rows of that many values in the opposite order.
    fileprivate func reversedRows(_ columns: Int) -> [Float] {
        stride(from: count - columns, through: 0, by: -columns).flatMap { self[$0..<($0 + columns)] }
    }
}
