import DurableStorage
import TextAnalysis

/// A cross-encoder as transformers and sentence-transformers keep it: `config.json` with one label, `model.safetensors` and a tokenizer.
public enum CrossEncoderFolder {
    /// Whether the `config.json` of a folder describes a model for sequence classification.
    public static func isPresent(at path: String) -> Bool {
        guard let folder = try? FileSystemDirectory(path: path) else { return false }
        return CrossEncoderConfig.describesClassifier(folder)
    }

    /// Reads a cross-encoder.
    ///
    /// Pairs are cut to `max_seq_length` of `sentence_bert_config.json`, else to the tokenizer's `model_max_length`, and to what the model has
    /// places for. Throws `StorageError` where files are missing, damaged or of a kind that is not supported, such as several labels or no head.
    public static func read(_ path: String, threads: Int = 1) throws -> CrossEncoder {
        let folder = try FileSystemDirectory(path: path)
        let own = try CrossEncoderConfig(in: folder)
        let config = try TransformerConfig(in: folder)
        let tokenizer = try TokenizerFolder.read(folder)
        try config.check(tokenizer, in: folder)
        let template = tokenizer.pairTemplate ?? defaultTemplate(tokenizer, config.family)
        let limits = try TransformerFolder.decode(
            TransformerFolder.Limits.self, "sentence_bert_config.json", in: folder)
        let longest = try TransformerFolder.longestSequence(limits, config, template.count, folder)
        let file = try SafetensorsFile(TransformerFolder.weightFile(in: folder))
        let weights = try TransformerWeights(file, config: config, threads: threads)
        let head = try CrossEncoderHead(file, config: config, threads: threads)
        return CrossEncoder(
            tokenizer: tokenizer, template: template, longestSequence: longest, activation: own.activation,
            isLowercasing: limits?.do_lower_case ?? false, model: TransformerModel(config: config, weights: weights),
            head: head)
    }

    /// What the family puts around pairs: `[CLS] a [SEP] b [SEP]`, or `<s> a </s></s> b </s>`.
    private static func defaultTemplate(
        _ tokenizer: SubwordPipeline, _ family: TransformerFamily
    ) -> PairTemplate {
        let (before, after) = TransformerFolder.specialTokens(tokenizer, family)
        return PairTemplate(
            before: before, between: family.countsFromPadding ? after + after : after, after: after,
            marksSecond: !family.countsFromPadding)
    }
}
