/// The README.md of a model folder.
enum ModelCard {
    static func text(_ model: DualEncoder, _ record: ModelRecord) -> String {
        let options = record.options
        let isTable = model.documentEncoder.isTable
        var lines = [
            "---", "library_name: sentence-transformers", "pipeline_tag: sentence-similarity", "tags:",
            "- sentence-transformers", isTable ? "- static-embeddings" : "- feature-extraction", "- retrieval", "---",
            "",
            isTable ? "# A static dual-encoder made by decoy" : "# A transformer dual-encoder trained by decoy", "",
            isTable
                ? """
                The vector of a text is the mean of its tokens' rows, scaled to length 1; vectors are compared by cosine.
                The length of a row is the weight of its token in that mean.
                """ : "Vectors are compared by cosine.",
            "",
            "| | |", "|---|---|", "| dimensions | \(model.dimension) |",
            "| vocabulary | \(model.documentEncoder.tokenizer.vocabularySize) tokens |",
            "| towers | \(record.towers.rawValue) |",
        ]
        if let start = record.start { lines.append("| started from | \(oneLine(start)) |") }
        if !record.data.isEmpty { lines.append("| trained on | \(oneLine(record.data)) |") }
        if record.pairs > 0 {
            lines += [
                "| pairs | \(record.pairs) |", "| steps | \(record.steps) |",
                "| loss | \(loss(record)) |",
                "| epochs, batch | \(options.epochs), \(options.batchSize) |",
                "| learning rate | \(options.learningRate) (warm-up \(options.warmup), decay \(options.decay.rawValue)) |",
                "| loss by epoch | \(record.epochLosses.map { rounded($0) }.joined(separator: ", ")) |",
                "| seed | \(options.seed) |",
            ]
            lines +=
                isTable
                ? ["| learning rate of the token weights | \(options.weightLearningRate) |"] : transformer(record)
            if !options.matryoshka.isEmpty {
                let lengths = options.matryoshka.map { "\($0)" }.joined(separator: ", ")
                lines.append("| can be cut to | \(lengths) dimensions, scaled to length 1 again (`truncate_dim`) |")
            }
        } else {
            lines.append("| trained | no |")
        }
        lines += [
            "", "## Use", "", "```python", "from sentence_transformers import SentenceTransformer", "",
        ]
        if record.towers == .separate {
            lines += [
                "documents = SentenceTransformer(\"path/to/this/folder\")",
                "queries = SentenceTransformer(\"path/to/this/folder/\(Checkpoint.queryTowerFolder)\")",
            ]
        } else {
            lines.append("model = SentenceTransformer(\"path/to/this/folder\")")
        }
        lines.append("```")
        if !record.notes.isEmpty { lines += ["", "## Results", ""] + record.notes.map { "- " + oneLine($0) } }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What is particular to a transformer's training.
    private static func transformer(_ record: ModelRecord) -> [String] {
        let (options, own) = (record.options, record.options.transformer)
        var lines = [
            "| optimizer | \(options.optimizer.rawValue), decay \(options.effectiveWeightDecay), gradients clipped at \(own.clipping) |",
            "| dropout, products | \(own.dropout), \(own.precision.rawValue) |",
        ]
        if options.accumulation > 1 { lines.append("| batches a step | \(options.accumulation) |") }
        if own.frozenLayers > 0 || own.freezesEmbeddings {
            lines.append("| left as they were | embeddings and \(own.frozenLayers) layers |")
        }
        if own.adapterRank > 0 {
            let hasFolder = record.files.keys.contains { $0.hasPrefix(AdapterWeights.folder + "/") }
            let whose = record.towers == .separate ? "the document tower's " : ""
            let place = hasFolder ? "; \(whose)alone in `\(AdapterWeights.folder)`" : ""
            lines.append(
                "| adapters | LoRA of rank \(own.adapterRank), alpha \(own.adapterScale), merged\(place) |")
        }
        return lines
    }

    private static func loss(_ record: ModelRecord) -> String {
        let options = record.options
        var parts = [options.loss.rawValue + (options.symmetric ? " in both directions" : "")]
        if options.loss.hasTemperature {
            let learnt = record.temperature.map { ", learnt: \(rounded($0))" } ?? ""
            parts.append("temperature \(options.temperature)\(learnt)")
        } else {
            parts.append(
                "margin \(options.margin.map { "\($0)" } ?? "of the loss"), \(options.selection.rawValue) negatives")
        }
        if options.positivesPerQuery > 1 { parts.append("\(options.positivesPerQuery) positives a query") }
        return parts.joined(separator: ", ")
    }

    private static func rounded(_ number: Double) -> String { "\((number * 10_000).rounded() / 10_000)" }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "|" ? " " : $0 })
    }
}
