import Decoy
import DurableStorage

/// What is needed to repeat an experiment.
enum ExperimentProvenance {
    /// The checksums of the dataset's files by name.
    static func inputs(_ source: BEIRDataset, splits: [String]) -> [String: String] {
        var files = [(source.corpusPath, "corpus")]
        if let queries = source.queriesPath { files.append((queries, "queries")) }
        for split in splits {
            if let path = source.qrelsPath(split: split) { files.append((path, "qrels/\(split)")) }
        }
        var inputs: [String: String] = [:]
        for (path, name) in files {
            if let file = try? MappedFile(path: path) {
                inputs[name] = "crc32c:" + String(file.withUnsafeBytes { CRC32C.checksum($0) }, radix: 16)
            }
        }
        return inputs
    }

    static func make(
        source: BEIRDataset, inputs: [String: String], options: ExperimentOptions, arguments: [String]
    ) throws -> Provenance {
        let identity = try Analyzer(options.analyzer).identity
        var recorded = options
        recorded.training.threads = 1
        return Provenance(
            version: DecoyVersion.current, command: command(source, arguments),
            versions: ["analyzer": identity.description], inputs: inputs, options: try JSONTree(encoding: recorded))
    }

    /// The command as it was given, with the dataset's name and `out` for paths, and without what does not change the result.
    private static func command(_ source: BEIRDataset, _ arguments: [String]) -> String {
        let recorded = RecordedCommand(
            valued: ["-o", "--output", "--steps", "--threads", "--dataset", "--expected", "--save-expected"],
            flags: ["-f", "--force", "-q", "--quiet", "--json", "--no-steps", source.path])
        return (["decoy experiment", source.name, "-o out"] + recorded.text(arguments.dropFirst()))
            .joined(separator: " ")
    }
}
