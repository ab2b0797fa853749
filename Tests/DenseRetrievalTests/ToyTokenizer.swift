import DenseRetrieval

/// Every letter a to z is a token; everything else separates.
struct ToyTokenizer: SubwordTokenizer {
    var vocabularySize: Int { 26 }

    func encode(_ text: String) -> [Int32] {
        text.utf8.filter { $0 >= 97 && $0 <= 122 }.map { Int32($0) - 97 }
    }

    func tokenizerJSON() -> String { "{\"toy\": true}\n" }
}
