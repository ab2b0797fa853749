import DurableStorage
import Essentials

/// The lines of earlier sessions, the newest last and none twice, in a file that only its owner may read.
struct HistoryFile {
    /// How many lines are kept.
    static let limit = 1000

    let path: String

    /// The file at $XDG_STATE_HOME/decoy/history or ~/.local/state/decoy/history; nil where DECOY_HISTORY turns it off or there is no home.
    init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard !["off", "none", "0"].contains(environment["DECOY_HISTORY", default: ""]) else { return nil }
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            path = state + "/decoy/history"
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            path = home + "/.local/state/decoy/history"
        } else {
            return nil
        }
    }

    /// The lines; none where there is no file yet.
    func lines() throws -> [String] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let data = try Data(contentsOf: URL(filePath: path))
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map { Console.printable(String($0)) }
        return Array(lines.suffix(Self.limit))
    }

    /// Adds a line to those that stand in the file by now, another session's among them.
    func add(_ line: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let lines = try lines().filter { $0 != line } + [line]
        try AtomicFile.write(path: path, isPrivate: true) { file in
            for line in lines.suffix(Self.limit) { try file.write(line + "\n") }
        }
    }
}
