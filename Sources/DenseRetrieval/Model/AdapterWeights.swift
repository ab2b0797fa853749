import DurableStorage
import NumericKernels
import RetrievalData

/// LoRA's adapters of a training, as PEFT loads them beside the model they were made for.
public struct AdapterWeights: Sendable {
    let tensors: [(name: String, matrix: Matrix)]
    let rank: Int
    let scale: Double
    let base: String

    /// The folder within a model folder; the model's own weights have the adapters merged in.
    public static let folder = "adapter"

    /// Adapters of a trained model; nil where it has none.
    ///
    /// `base` is the folder that training started from.
    public init?(_ trained: TrainedModel, options: TrainingOptions, base: String) {
        guard !trained.adapters.isEmpty else { return nil }
        tensors = trained.adapters
        rank = options.transformer.adapterRank
        scale = options.transformer.adapterScale
        self.base = base
    }

    /// Writes `adapter_model.safetensors` and `adapter_config.json` into a folder.
    func write(to folder: FileSystemDirectory) throws -> [String: FileRecord] {
        var files: [String: FileRecord] = [:]
        files["adapter_model.safetensors"] = try SafetensorsWriter.write(
            tensors.map { StoredTensor($0.name, $0.matrix) }, framework: "pt", to: "adapter_model.safetensors",
            in: folder)
        // By their ends; "dense" alone would be the pooler's too, which has no adapter.
        let modules = Set(
            tensors.map { tensor in
                let path = tensor.name.split(separator: ".").dropLast(2)
                return path.suffix(path.last == "dense" ? 2 : 1).joined(separator: ".")
            })
        let values: [String: JSONTree] = [
            "peft_type": .string("LORA"), "task_type": .string("FEATURE_EXTRACTION"), "r": .integer(rank),
            "lora_alpha": .number(scale), "bias": .string("none"), "lora_dropout": .integer(0),
            "inference_mode": .boolean(true), "fan_in_fan_out": .boolean(false),
            "base_model_name_or_path": .string(base), "target_modules": .array(modules.sorted().map(JSONTree.string)),
        ]
        files["adapter_config.json"] = try RecordedFile.write(
            [UInt8](StableJSON.text(values).utf8), to: "adapter_config.json", in: folder)
        return files
    }
}
