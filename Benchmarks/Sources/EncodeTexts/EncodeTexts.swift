import Decoy
import Foundation

/// `EncodeTexts MODEL TEXTS.json VECTORS [THREADS]`: the vectors of a JSON list of texts by a transformer's folder, as floats one text behind the other.
///
/// Prints the seconds of loading and of encoding. `evaluation/peers/training/transformer.py` runs it beside sentence-transformers.
@main
struct EncodeTexts {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else {
            FileHandle.standardError.write(Data("usage: EncodeTexts MODEL TEXTS.json VECTORS [THREADS]\n".utf8))
            exit(2)
        }
        let texts = try JSONDecoder().decode([String].self, from: Data(contentsOf: URL(filePath: arguments[2])))
        let threads = arguments.count > 4 ? Int(arguments[4]) ?? 1 : 1
        let clock = ContinuousClock()
        let start = clock.now
        let encoder = try TransformerFolder.read(arguments[1], threads: threads)
        let loaded = clock.now
        let vectors = encoder.encode(texts, threads: threads)
        let done = clock.now
        var bytes = Data()
        for vector in vectors { vector.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        try bytes.write(to: URL(filePath: arguments[3]))
        print("{\"load\": \((loaded - start) / .seconds(1)), \"encode\": \((done - loaded) / .seconds(1))}")
    }
}
