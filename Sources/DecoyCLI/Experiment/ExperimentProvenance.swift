import Decoy
import DurableStorage

/// What is needed to repeat an experiment.
enum ExperimentProvenance {
    static func make(source: BEIRDataset, options: ExperimentOptions) throws -> Provenance {
        let identity = try Analyzer(options.analyzer).identity
        var inputs: [String: String] = [:]
        var files = [(source.corpusPath, "corpus")]
        if let queries = source.queriesPath { files.append((queries, "queries")) }
        for split in [options.trainSplit, options.devSplit, options.split] {
            if let path = source.qrelsPath(split: split) { files.append((path, "qrels/\(split)")) }
        }
        for (path, name) in files {
            if let file = try? MappedFile(path: path) {
                let sum = file.withUnsafeBytes { CRC32C.checksum($0) }
                inputs[name] = "crc32c:" + String(sum, radix: 16)
            }
        }
        var recorded = options
        recorded.training.threads = 1
        return Provenance(
            version: DecoyVersion.current, command: "decoy experiment \(source.name)",
            versions: ["analyzer": identity.description], inputs: inputs, options: try ReportValue(encoding: recorded))
    }
}
