import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// Keeps the place of a mining beside its output, and takes up that of one that was killed.
///
/// Written for every output that is a file, but where a report is asked for: how scores are distributed cannot be taken up.
final class MiningResumption {
    /// Where the mining goes on; nil where it starts at the first query.
    private(set) var earlier: MiningPlace?
    /// Whether what was written aside stays when the mining fails or is interrupted.
    let keepsAside: Bool
    private let path: String?
    private let flags: MiningRunFlags
    private let place: MiningPlace
    private let output: String
    private var lastSaved = ContinuousClock.now

    /// Looks for the place of an earlier mining where that is asked for; throws what differs from it.
    init(
        of output: String, queries: String, explain: String?, hasReport: Bool, flags: MiningRunFlags,
        place: MiningPlace
    ) throws {
        self.output = output
        self.flags = flags
        self.place = place
        keepsAside = flags.resume
        var obstacle: String?
        if output == "-" || FileType.isPipeOrDevice(output) {
            obstacle = "the output is no file"
        } else if !FileType.isRegular((try? BEIRDataset(path: queries).queriesPath) ?? queries) {
            obstacle = "the queries are no file that can be read again"
        } else if hasReport {
            obstacle = "--report counts all candidates in one go; leave it out"
        }
        if explain?.hasSuffix(".zst") == true {
            obstacle = "compressed fates have other bytes where they were interrupted; --explain to a file without .zst"
        }
        if let obstacle {
            if flags.resume { throw UsageProblem("--resume: \(obstacle)") }
            path = nil
            return
        }
        let path = Self.aside(of: output) + ".place"
        self.path = path
        if !flags.resume { for file in Self.files(path) { PartialOutputs.add(file) } }
        guard flags.resume, FileType.isRegular(path), FileType.isRegular(Self.aside(of: output)) else { return }
        let found = try MiningPlace.read(path)
        var differences = found.differences(from: place)
        if (found.explain != nil) != (explain != nil) { differences.append("--explain") }
        guard differences.isEmpty else {
            throw InputErrors(
                InputError(
                    source: path, problem: "is of another mining; different: \(differences.joined(separator: ", "))",
                    remedy: "resume with the same options and inputs, or leave --resume out to start again"))
        }
        // Where fates are no longer aside they were complete: only the last moments are missing, and mining starts again.
        if let explain, !FileType.isRegular(Self.aside(of: explain)) { return }
        earlier = found
    }

    /// Where the mining begins, for people.
    func beginning(of total: Int) -> String {
        earlier.map { "going on after \($0.queries) of \(total) queries" }
            ?? "no mining that was killed left its place; starting at the first query"
    }

    /// Mines; keeps the place when that fails or is interrupted, where it was asked to, and removes it otherwise.
    func run<Result>(_ mining: () throws -> Result) throws -> Result {
        defer { if let path, !keepsAside { for file in Self.files(path) { PartialOutputs.remove(file) } } }
        do {
            let result = keepsAside ? try Interruption.deferred(mining) : try mining()
            removePlace()
            return result
        } catch {
            if !keepsAside { removePlace() }
            throw error
        }
    }

    /// Writes the output, or the fates beside it, behind what is there of an earlier mining.
    func write<Result>(_ file: String, _ body: (AtomicFile) throws -> Result) throws -> Result {
        let part = file == output ? earlier?.output : earlier?.explain
        return try AtomicFile.write(path: file, after: part, keepingAside: keepsAside) {
            // From here on the file is ours, and a place that was not taken up is no longer that of what is aside.
            if file == output, earlier == nil { removePlace() }
            return try body($0)
        }
    }

    /// Keeps the place from time to time; after Ctrl-C, at once, and ends the program.
    func save(
        _ queries: Int, of total: Int, output: AtomicFile, explain: AtomicFile?, report: () throws -> MiningReport
    ) throws {
        guard let path else { return }
        let now = ContinuousClock.now
        let status = Interruption.requested
        guard status != nil || (now - lastSaved).seconds >= flags.saveEvery else { return }
        var place = place
        place.queries = queries
        place.output = try output.save()
        place.explain = try explain?.save()
        place.report = self.total(try report())
        try place.write(to: path)
        lastSaved = ContinuousClock.now
        if let status {
            if Console.errorIsTerminal { Console.redraw("") }
            Console.error("interrupted after \(queries) of \(total) queries; go on with the same command and --resume")
            throw ExitCode(status)
        }
    }

    /// The counts of this mining with those of the one that it goes on from.
    func total(_ report: MiningReport) -> MiningReport {
        earlier?.report.map { report.addingCounts(of: $0) } ?? report
    }

    private static func aside(of file: String) -> String {
        AtomicFile.aside(of: URL(filePath: file).resolvingSymlinksInPath().path)
    }

    /// A place, and what is written aside in its stead.
    private static func files(_ path: String) -> [String] { [path, path + ".partial"] }

    private func removePlace() {
        guard let path, FileType.isRegular(path) else { return }
        try? FileSystemDirectory(path: URL(filePath: path).deletingLastPathComponent().path)
            .delete(URL(filePath: path).lastPathComponent)
    }
}
