import Decoy
import DurableStorage

/// The files of `--report`: a page where the name ends in `.html`, else JSON; opened before the work begins.
struct MiningReportFiles {
    private var files: [(path: String, file: AtomicFile)] = []

    /// Opens all files, does the work, and puts them in place together.
    static func write<R>(_ paths: [String], _ body: (MiningReportFiles) throws -> R) throws -> R {
        try open(paths[...], beside: MiningReportFiles(), body)
    }

    private static func open<R>(
        _ paths: ArraySlice<String>, beside opened: MiningReportFiles, _ body: (MiningReportFiles) throws -> R
    ) throws -> R {
        guard let path = paths.first else { return try body(opened) }
        return try AtomicFile.write(path: path) { file in
            var opened = opened
            opened.files.append((path, file))
            return try open(paths.dropFirst(), beside: opened, body)
        }
    }

    /// Writes the report with what the sidecar says of version, command and inputs.
    func write(_ report: MiningReport, metadata: MiningMetadata) throws {
        if files.isEmpty { return }
        guard case .object(var members) = try JSONTree(encoding: report) else { return }
        let sidecar = try JSONTree(encoding: metadata)
        for key in ["version", "command", "analyzer", "inputs", "output"] { members[key] = sidecar[key] }
        members["judgedQueriesMissing"] = sidecar["counts"]?["judgedQueriesMissing"]
        let value = JSONTree.object(members)
        for (path, file) in files {
            let isPage = path.lowercased().hasSuffix(".html")
            try file.write(isPage ? HTMLReport.text(mining: value) : StableJSON.text(value))
        }
    }
}
