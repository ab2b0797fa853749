import Foundation
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// The names of all files and folders below some folders of the checkout, with and without what follows the first dot.
private func namesOfFiles() -> Set<String> {
    var names: Set<String> = []
    for folder in ["Sources", "Tests", "Documentation", "evaluation", "Fuzzing"] {
        names.insert(folder)
        let entries = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
        while let entry = entries?.nextObject() as? URL {
            names.insert(entry.lastPathComponent)
            names.insert(String(entry.lastPathComponent.prefix { $0 != "." }))
        }
    }
    return names
}

@Test("Every file, folder and type that ARCHITECTURE.md names is there.")
func namesInArchitecture() throws {
    var text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
    text.replace(#/```[^`]*```/#, with: "")
    let names = namesOfFiles()
    var unknown: Set<String> = []
    for word in text.matches(of: #/`([A-Za-z][A-Za-z0-9_+*./:()-]*)`/#).map({ String($0.1) }) {
        for part in word.split(separator: "/") {
            let start = part.hasSuffix("*") ? part.dropLast() : part
            let isFile =
                start.count < part.count ? names.contains { $0.hasPrefix(start) } : names.contains(String(part))
            if !isFile { unknown.insert(String(part.prefix { $0 != "(" })) }
        }
    }
    // What bears no file's name is declared in one.
    for folder in ["Fuzzing", "Sources"] {
        let place = root.appending(path: folder)
        let files = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)
        while !unknown.isEmpty, let file = files?.nextObject() as? URL {
            guard ["swift", "h", "md"].contains(file.pathExtension) else { continue }
            let source = try String(contentsOf: file, encoding: .utf8)
            for word in unknown {
                let last = word.split(separator: ".").last.map(String.init) ?? word
                if source.contains(" \(last)") { unknown.remove(word) }
            }
        }
    }
    #expect(unknown.isEmpty, "ARCHITECTURE.md: \(unknown.sorted())")
}
