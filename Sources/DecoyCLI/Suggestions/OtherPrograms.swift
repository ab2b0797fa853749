/// What options are called in programs that a user may come from: Pyserini, Lucene's tools, sentence-transformers, transformers, ranx.
///
/// Their names are often far from ours in letters, so the nearest of ours would be another option.
enum OtherPrograms {
    /// Our option for one of theirs, where the command has it; the first that it has.
    static func option(for name: String, of command: CommandDescription) -> String? {
        let plain = name.drop { $0 == "-" }.replacing("_", with: "-").lowercased()
        return names[plain]?.first { command.option($0) != nil }
    }

    /// Ours by theirs, without dashes in front, of several the more likely first.
    private static let names: [String: [String]] = [
        "k": ["-k"], "top-k": ["-k"], "topk": ["-k"], "hits": ["-k"], "num-hits": ["-k"], "limit": ["-k"],
        "size": ["-k"], "depth": ["-k"], "max-results": ["-k"],
        "topics": ["--queries"], "query-file": ["--queries"], "judgments": ["--qrels"], "judgements": ["--qrels"],
        "out": ["--output"], "output-dir": ["--output"], "output-file": ["--output"], "save": ["--output"],
        "overwrite": ["--force"],
        "workers": ["--threads"], "num-workers": ["--threads"], "jobs": ["--threads"], "j": ["--threads"],
        "num-threads": ["--threads"], "cores": ["--threads"],
        "language": ["--analyzer"], "lang": ["--analyzer"], "stemmer": ["--analyzer"],
        "lr": ["--learning-rate"], "num-train-epochs": ["--epochs"], "num-epochs": ["--epochs"],
        "bs": ["--batch-size"], "per-device-train-batch-size": ["--batch-size"], "warmup-ratio": ["--warmup"],
        "max-grad-norm": ["--clip"], "gradient-accumulation-steps": ["--accumulate"],
        "mini-batch-size": ["--gradient-cache"], "max-seq-length": ["--max-length"], "bf16": ["--precision"],
        "dim": ["--dimension"], "embedding-dim": ["--dimension"], "truncate-dim": ["--dimension"],
        "model-name": ["--model", "--encoder"], "model-name-or-path": ["--model", "--encoder"],
        "model": ["--encoder"], "cross-encoder": ["--teacher"], "negatives-per-query": ["--num-negatives"],
        "n-negatives": ["--num-negatives"], "sampling-strategy": ["--sampling"], "margin": ["--relative-margin"],
        "metrics": ["--measures"], "metric": ["--measures"], "stat-test": ["--test"],
        "rrf": ["--fuse", "--method"], "alpha": ["--dense-weight", "--weights"], "remove-query": ["--exclude-query-id"],
        "storepositions": ["--positions"],
    ]
}
