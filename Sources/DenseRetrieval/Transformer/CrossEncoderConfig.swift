import DurableStorage
import Essentials

/// What a folder says of a cross-encoder beside the shape of its transformer.
struct CrossEncoderConfig {
    /// The file that sentence-transformers writes beside a model.
    static let sentenceTransformers = "config_sentence_transformers.json"

    /// What scores are made of logits by.
    let activation: CrossEncoder.Activation

    private struct Values: Decodable {
        struct Activation: Decodable { var activation_fn: String? }
        /// A value that does not matter.
        struct Ignored: Decodable { init(from decoder: any Decoder) {} }

        var architectures: [String]?
        var num_labels: Int?
        var id2label: [String: Ignored]?
        var sentence_transformers: Activation?
        var sbert_ce_default_activation_function: String?

        /// transformers takes two labels where a configuration doesn't say.
        var labels: Int { id2label?.count ?? num_labels ?? 2 }
        var isClassifier: Bool { architectures?.contains { $0.hasSuffix("ForSequenceClassification") } == true }
    }

    private struct Wrapping: Decodable {
        var activation_fn: String?
        var default_prompt_name: String?
    }

    /// Whether a `config.json` describes a model for sequence classification.
    static func describesClassifier(_ folder: any Directory) -> Bool {
        guard let file = try? folder.open(TransformerConfig.fileName) else { return false }
        return (try? JSONDecoder().decode(Values.self, from: Data(file.view.bytes)))?.isClassifier == true
    }

    /// Reads a folder; throws `StorageError.incompatible` for a model of another kind, with several labels or another activation.
    ///
    /// The activation is that of `config_sentence_transformers.json` (`activation_fn`), else of `config.json` (`sentence_transformers`, or in
    /// old files `sbert_ce_default_activation_function`), else the logistic function, as sentence-transformers has it.
    init(in folder: FileSystemDirectory) throws {
        let file = try folder.open(TransformerConfig.fileName)
        let values: Values
        do {
            values = try JSONDecoder().decode(Values.self, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not the configuration of a transformer")
        }
        guard values.isClassifier else {
            let found = values.architectures?.joined(separator: ", ") ?? "none"
            throw StorageError.incompatible(
                file: file.name, reason: "it is no model for sequence classification (architectures: \(found))",
                remedy: "use a cross-encoder, whose architecture ends in ForSequenceClassification")
        }
        guard values.labels == 1 else {
            throw StorageError.incompatible(
                file: file.name, reason: "the model has \(values.labels) labels",
                remedy: "use a cross-encoder with one label, which is the relevance")
        }
        let wrapping = try TransformerFolder.decode(Wrapping.self, Self.sentenceTransformers, in: folder)
        if let prompt = wrapping?.default_prompt_name {
            throw StorageError.incompatible(
                file: folder.describe(Self.sentenceTransformers),
                reason: "the default prompt \(prompt) is not supported",
                remedy: "use a cross-encoder without a default prompt")
        }
        let name =
            wrapping?.activation_fn ?? values.sentence_transformers?.activation_fn
            ?? values.sbert_ce_default_activation_function
        switch name?.split(separator: ".").last.map(String.init) ?? "Sigmoid" {
        case "Sigmoid": activation = .sigmoid
        case "Identity": activation = .identity
        default:
            throw StorageError.incompatible(
                file: file.name, reason: "the activation \(name ?? "") is not supported",
                remedy: "use a cross-encoder whose scores are logits (Identity) or their Sigmoid")
        }
    }
}
