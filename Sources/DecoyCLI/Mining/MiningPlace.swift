import Decoy
import DurableStorage
import Essentials

/// How far a mining came, with what tells it from another one; kept beside its output until that is complete.
struct MiningPlace: Codable {
    static let kind: FileKind = "MNPL"
    static let formatVersion: UInt16 = 1

    /// The version of the program.
    var version = DecoyVersion.current
    /// The command without what does not change the result, word by word.
    var command: [String]
    /// The checksums of the files that were read, by what they are.
    var inputs: [String: String]
    /// Queries done.
    var queries = 0
    /// What was written of the output.
    var output: AtomicFile.Part?
    /// What was written of the candidates' fates; nil where they were not asked for.
    var explain: AtomicFile.Part?
    /// The counts so far.
    var report: MiningReport?

    /// What differs from the place of another mining, in words; empty where nothing does.
    func differences(from now: MiningPlace) -> [String] {
        var found: [String] = []
        if version != now.version { found.append("the version of the program (\(version), now \(now.version))") }
        for name in Set(inputs.keys).union(now.inputs.keys).sorted() where inputs[name] != now.inputs[name] {
            found.append("the \(name) (\(inputs[name] ?? "none"), now \(now.inputs[name] ?? "none"))")
        }
        let (before, after) = (Self.options(command), Self.options(now.command))
        let (gone, new) = (before.filter { !after.contains($0) }, after.filter { !before.contains($0) })
        if !(gone + new).isEmpty {
            func list(_ options: [String]) -> String { options.isEmpty ? "none" : options.joined(separator: " ") }
            found.append("the options (\(list(gone)), now \(list(new)))")
        }
        return found
    }

    /// The words of a command, each option with its value.
    private static func options(_ words: [String]) -> [String] {
        words.reduce(into: []) { options, word in
            let isOption = word.hasPrefix("--") || (word.hasPrefix("-") && word.dropFirst().first?.isLetter == true)
            if isOption || options.isEmpty { options.append(word) } else { options[options.count - 1] += " " + word }
        }
    }

    /// Writes the place and makes it durable.
    func write(to path: String) throws {
        let file = URL(filePath: path)
        let folder = try FileSystemDirectory(path: file.deletingLastPathComponent().path)
        let text = try StableJSON.text(self)
        try folder.replace(file.lastPathComponent) { aside in
            let file = try ChecksummedFileWriter(folder, aside, kind: Self.kind, version: Self.formatVersion)
            try file.write(Array(text.utf8))
            _ = try file.finish()
        }
    }

    /// Reads a place; throws `StorageError.corrupt` where it is none.
    static func read(_ path: String) throws -> MiningPlace {
        let url = URL(filePath: path)
        let folder = try FileSystemDirectory(path: url.deletingLastPathComponent().path)
        let file = try ChecksummedFile(folder, url.lastPathComponent, kind: kind, version: formatVersion)
        do {
            return try JSONDecoder().decode(MiningPlace.self, from: Data(try file.body().bytes))
        } catch is DecodingError {
            throw StorageError.corrupt(file: path, reason: "it is not the place of a mining")
        }
    }
}
