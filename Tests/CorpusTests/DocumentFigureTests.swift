import Foundation
import Testing

@Suite("Figures of documents")
struct DocumentFigureTests {
    /// The part of an expected file that documents quote.
    private struct Expected: Decodable {
        var systems: [String: [String: String]]
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    private func expected(_ name: String) throws -> [String: [String: String]] {
        let data = Data(try text("evaluation/expected/\(name).json").utf8)
        return try JSONDecoder().decode(Expected.self, from: data).systems
    }

    @Test("README's table of the demo has the figures that the experiment must reach.")
    func demo() throws {
        let systems = try expected("homonyms")
        let lines = try text("README.md").components(separatedBy: "\n")
        for name in ["BM25", "untrained", "before", "control", "after", "hybrid"] {
            let row = try #require(lines.first { $0.hasPrefix(name + " ") && $0.contains("0.") })
            let means = row.matches(of: /(± )?(\d\.\d{4})/).filter { $0.output.1 == nil }.map { String($0.output.2) }
            let system = try #require(systems[name.lowercased()])
            #expect(means == ["RR@10", "nDCG@10", "R@100"].compactMap { system[$0] }, "\(row)")
        }
    }

    @Test("The tables of what mining is worth have the figures that the experiments must reach.")
    func mining() throws {
        for document in ["README.md", "Documentation/guides/measured.md"] {
            let lines = try text(document).components(separatedBy: "\n")
            for name in ["scifact", "wordnet-lemma", "debian"] {
                let row = try #require(lines.first { $0.hasPrefix("| \(name), ") })
                let cells = row.split(separator: "|").dropFirst().compactMap {
                    Double($0.trimmingCharacters(in: .whitespaces))
                }
                let systems = try expected(name)
                let wanted = ["bm25", "untrained", "before", "control", "after", "hybrid"].compactMap {
                    Double(systems[$0]?["nDCG@10"] ?? "")
                }
                #expect(cells.count == 6 && wanted.count == 6, "\(document): \(row)")
                for (cell, value) in zip(cells, wanted) { #expect(abs(cell - value) < 0.00051, "\(document): \(row)") }
            }
        }
    }
}
