import Foundation

/// The built binary `decoy` as a process.
final class DecoyProcess {
    /// What a finished process left.
    struct Outcome {
        /// The exit code; -1 where a signal ended the process.
        var status: Int32
        var output: String
        var messages: String
    }

    private let process = Process()
    private let input = Pipe()
    private let outputs: URL

    /// The binary beside the test bundle, or in the build folder of this checkout.
    static let binary: URL? = {
        var places = [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
        places += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path.count > 1 {
            folder.deleteLastPathComponent()
            places += ["debug", "release"].map { folder.appendingPathComponent(".build/" + $0) }
        }
        return places.map { $0.appendingPathComponent("decoy") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// Why no process could be started.
    struct MissingBinary: Error, CustomStringConvertible {
        var description: String { "no built binary decoy; run swift build first" }
    }

    /// Starts the binary with an open standard input.
    init(
        _ arguments: [String], environment: [String: String] = [:], folder: String? = nil, input given: Any? = nil,
        output: Any? = nil
    ) throws {
        guard let binary = Self.binary else { throw MissingBinary() }
        outputs = FileManager.default.temporaryDirectory.appendingPathComponent("decoy-process-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: outputs, withIntermediateDirectories: true)
        for name in ["out", "err"] { try Data().write(to: outputs.appendingPathComponent(name)) }
        process.executableURL = binary
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.standardInput = given ?? input
        process.standardOutput = try output ?? FileHandle(forWritingTo: outputs.appendingPathComponent("out"))
        process.standardError = try FileHandle(forWritingTo: outputs.appendingPathComponent("err"))
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: outputs) }

    /// Whether the process has not ended.
    var isRunning: Bool { process.isRunning }

    /// Writes to standard input and leaves it open.
    func write(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Ends standard input.
    func closeInput() throws { try input.fileHandleForWriting.close() }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until something is so or the process has ended, and no longer than two minutes; returns whether it is so.
    @discardableResult
    func wait(until isSo: () throws -> Bool) rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end {
            if try isSo() { return true }
            if !isRunning { return try isSo() }
            usleep(1000)
        }
        return false
    }

    /// Runs the binary until something is so, and ends it by a signal.
    ///
    /// On a busy machine the program may have ended before the signal comes: then it is run again, up to twenty times.
    static func interrupted(
        _ arguments: [String], by signal: Int32, when isSo: () throws -> Bool
    ) throws -> Outcome {
        var attempts = 0
        while true {
            let process = try DecoyProcess(arguments, input: FileHandle.nullDevice)
            try process.wait(until: isSo)
            process.signal(signal)
            let outcome = try process.finish()
            attempts += 1
            if outcome.status != 0 || attempts == 20 { return outcome }
        }
    }

    /// What it has said on standard error so far.
    func messages() throws -> String {
        String(decoding: try Data(contentsOf: outputs.appendingPathComponent("err")), as: UTF8.self)
    }

    /// Waits for the end.
    func finish() throws -> Outcome {
        process.waitUntilExit()
        try? input.fileHandleForWriting.close()
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: outputs.appendingPathComponent(name)), as: UTF8.self)
        }
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : -1, output: try text("out"),
            messages: try text("err"))
    }

    /// Runs the binary to its end; `input` is the whole of standard input, and nothing unless given.
    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:], folder: String? = nil
    ) throws -> Outcome {
        guard let input else {
            return try DecoyProcess(
                arguments, environment: environment, folder: folder, input: FileHandle.nullDevice
            ).finish()
        }
        let process = try DecoyProcess(arguments, environment: environment, folder: folder)
        try process.write(input)
        try process.closeInput()
        return try process.finish()
    }
}
