import Decoy
import Foundation

/// `EncodeTexts MODEL TEXTS.json VECTORS [THREADS] [PRECISION]`: the vectors of a JSON list of texts by a transformer's folder, as floats one text behind the other.
///
/// Prints the seconds of loading and of encoding, the CPU time of encoding, and the precision. `evaluation/peers/training/transformer.py` runs it beside sentence-transformers.
@main
struct EncodeTexts {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else {
            let usage = "usage: EncodeTexts MODEL TEXTS.json VECTORS [THREADS] [PRECISION]\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(2)
        }
        let texts = try JSONDecoder().decode([String].self, from: Data(contentsOf: URL(filePath: arguments[2])))
        let threads = arguments.count > 4 ? Int(arguments[4]) ?? 1 : 1
        let precision = arguments.count > 5 ? ProductPrecision(rawValue: arguments[5]) ?? .float32 : .float32
        let clock = ContinuousClock()
        let start = clock.now
        var encoder = try TransformerFolder.read(arguments[1], threads: threads)
        encoder.precision = precision
        let (loaded, before) = (clock.now, Self.processTime)
        let vectors = encoder.encode(texts, threads: threads)
        let (done, after) = (clock.now, Self.processTime)
        var bytes = Data()
        for vector in vectors { vector.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        try bytes.write(to: URL(filePath: arguments[3]))
        let (load, encode) = ((loaded - start) / .seconds(1), (done - loaded) / .seconds(1))
        print(
            "{\"load\": \(load), \"encode\": \(encode), \"cpu\": \(after - before), \"precision\": \"\(precision.rawValue)\"}"
        )
    }

    /// The CPU time of the process in seconds.
    private static var processTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
