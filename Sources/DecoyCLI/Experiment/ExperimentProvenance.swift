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
            versions: ["analyzer": identity.description], inputs: inputs, options: try ReportValue(encoding: recorded))
    }

    /// The command as it was given, with the dataset's name and `out` for paths, and without what does not change the result.
    private static func command(_ source: BEIRDataset, _ arguments: [String]) -> String {
        let valued: Set = ["-o", "--output", "--steps", "--threads", "--dataset", "--expected", "--save-expected"]
        let flags: Set = ["-f", "--force", "-q", "--quiet", "--json", "--no-steps"]
        var words: [String] = []
        var skipsValue = false
        for argument in arguments.dropFirst() {
            defer { skipsValue = valued.contains(argument) }
            let name = String(argument.prefix { $0 != "=" })
            if skipsValue || valued.contains(name) || flags.contains(argument) { continue }
            if argument == source.path { continue }
            words.append(quoted(argument.split(separator: "/").last.map(String.init) ?? argument))
        }
        return (["decoy experiment", source.name, "-o out"] + words).joined(separator: " ")
    }

    /// A word as a shell reads it: in single quotes where it holds more than letters, digits and a few signs.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || "-_.,=@+:%".unicodeScalars.contains(scalar))
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
