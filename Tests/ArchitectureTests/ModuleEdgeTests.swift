import Foundation
import Testing

/// The module table of ARCHITECTURE.md as data: what each target may import.
private let allowedEdges: [String: Set<String>] = [
    "CICU": [], "CSnowball": [], "CSimdJSON": [], "CCompression": [], "COneDNN": [], "CHNSW": [], "CLineEditing": [],
    "CKernels": [],
    "Essentials": [],
    "RetrievalData": ["Essentials", "CSimdJSON", "CCompression"],
    "DurableStorage": ["CCompression"],
    "TextAnalysis": ["CICU", "CSnowball", "CKernels"],
    "LexicalSearch": ["Essentials", "TextAnalysis", "RetrievalData", "DurableStorage", "CKernels"],
    "NumericKernels": ["COneDNN", "CKernels", "CHNSW"],
    "DenseRetrieval": ["Essentials", "NumericKernels", "TextAnalysis", "RetrievalData", "DurableStorage"],
    "NegativeMining": ["Essentials", "RetrievalData"],
    "RetrievalEvaluation": ["Essentials", "RetrievalData"],
    "NegativeReview": ["Essentials", "RetrievalData", "DurableStorage"],
    "SearchServer": [
        "Essentials", "RetrievalData", "TextAnalysis", "LexicalSearch", "DenseRetrieval", "NegativeMining",
        "NegativeReview", "DurableStorage",
    ],
    "Decoy": [
        "RetrievalData", "TextAnalysis", "LexicalSearch", "DenseRetrieval", "NegativeMining", "RetrievalEvaluation",
    ],
    "DecoyCLI": [
        "Decoy", "RetrievalData", "TextAnalysis", "LexicalSearch", "DenseRetrieval", "NegativeMining",
        "RetrievalEvaluation", "NegativeReview", "SearchServer", "NumericKernels", "CLineEditing",
        "DurableStorage", "Essentials",
    ],
    "DecoyMain": ["DecoyCLI"],
]

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private struct Manifest: Decodable {
    struct Target: Decodable {
        var name: String
        var path: String
        var type: String
        var target_dependencies: [String]?
    }
    var targets: [Target]
}

private func describePackage() throws -> Manifest {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // A scratch folder of its own: the test's own build holds the lock of the usual one.
    let scratch = FileManager.default.temporaryDirectory.appending(path: "decoy-describe-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    process.arguments = [
        "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "describe", "--type", "json",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Manifest.self, from: data)
}

private func importedModules(in folder: URL) throws -> Set<String> {
    var modules: Set<String> = []
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            var words = line.split(separator: " ")
            while let first = words.first,
                first.hasPrefix("@") || ["public", "internal", "package", "private"].contains(first)
            {
                words.removeFirst()
            }
            guard words.first == "import", words.count >= 2, let name = words.last else { continue }
            modules.insert(String(name.split(separator: ".")[0]))
        }
    }
    return modules
}

@Test("Every target depends on exactly what the module table allows.")
func edges() throws {
    let manifest = try describePackage()
    let ours = manifest.targets.filter { $0.type != "test" && $0.name != "DecoyTestSupport" }
    #expect(Set(ours.map(\.name)) == Set(allowedEdges.keys))
    for target in ours {
        let real = Set(target.target_dependencies ?? [])
        #expect(real == allowedEdges[target.name], "\(target.name) depends on \(real.sorted())")
    }
}

@Test("No source file imports a module of ours beyond its target's edges.")
func imports() throws {
    let names = Set(allowedEdges.keys)
    for (target, allowed) in allowedEdges {
        let imported = try importedModules(in: root.appending(path: "Sources/\(target)")).intersection(names)
        #expect(imported.subtracting(allowed).isEmpty, "\(target) imports \(imported.subtracting(allowed).sorted())")
    }
}

@Test("No library imports the whole of Foundation, which would bring ICU's data into the program a second time.")
func foundation() throws {
    for target in allowedEdges.keys.sorted() where target != "Essentials" {
        let imported = try importedModules(in: root.appending(path: "Sources/\(target)"))
        #expect(!imported.contains("Foundation"), "\(target) imports Foundation; import Essentials")
    }
}

@Test("No hand-written source file is longer than 600 lines.")
func fileSizes() throws {
    for folder in ["Sources", "Tests"] {
        let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard ["swift", "c", "cpp", "h"].contains(file.pathExtension) else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            let lines = text.utf8.count { $0 == 10 }
            let isTable = text.hasPrefix("// A table")
            #expect(lines <= 600 || isTable, "\(file.lastPathComponent) has \(lines) lines; split it")
        }
    }
}
