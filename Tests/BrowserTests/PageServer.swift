import DecoyTestSupport
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A running `decoy serve`.
final class PageServer: Sendable {
    private let process: Process
    /// `http://127.0.0.1:PORT`.
    let address: String

    /// Starts a server and waits until it listens, on a free port unless one is given.
    init(_ arguments: [String], port: Int = 0) throws {
        process = Process()
        process.executableURL = try Decoy.binary()
        process.arguments = ["serve"] + arguments + ["--port", "\(port)"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let messages = Pipe()
        process.standardError = messages
        try process.run()
        endWithTests(process)
        let line = try messages.fileHandleForReading.line { $0.contains(" at http://") }
        guard let found = line.firstMatch(of: /http:\/\/[0-9.]+:[0-9]+/) else {
            throw BrowserFailure("the server did not say its address: \(line)")
        }
        address = String(found.output)
        // What it says later must go somewhere.
        messages.fileHandleForReading.readabilityHandler = {
            if $0.availableData.isEmpty { $0.readabilityHandler = nil }
        }
    }

    /// The port it listens on.
    var port: Int { address.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

    /// Ends it.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    deinit { if process.isRunning { process.terminate() } }
}

/// The built binary.
enum Decoy {
    /// Beside the test bundle, or in the build folder of this checkout.
    static func binary() throws -> URL {
        var places = [URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        places += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        var folder = URL(filePath: #filePath)
        while folder.path.count > 1 {
            folder.deleteLastPathComponent()
            places.append(folder.appending(path: ".build/debug"))
        }
        let found = places.map { $0.appending(path: "decoy") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else { throw BrowserFailure("no built binary decoy; run swift build first") }
        return found
    }

    /// Runs a command to its end; throws where it fails.
    static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = try binary()
        process.arguments = arguments + ["-q"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BrowserFailure("\(arguments) ended with \(process.terminationStatus)")
        }
    }
}
