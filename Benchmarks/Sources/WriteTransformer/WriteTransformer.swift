import Decoy
import Foundation

/// `WriteTransformer MODEL FOLDER`: reads a transformer's folder and writes it again.
///
/// `evaluation/peers/training/export.py` loads what it wrote in transformers and sentence-transformers.
@main
struct WriteTransformer {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: WriteTransformer MODEL FOLDER\n".utf8))
            exit(2)
        }
        try TransformerFolder.write(TransformerFolder.read(arguments[1]), to: arguments[2], overwrite: true)
    }
}
