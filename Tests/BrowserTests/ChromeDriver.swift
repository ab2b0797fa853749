import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The processes that end with the tests.
private let children = Mutex<[Int32]>([])

/// Has a process killed when the test process ends, however it is held; children of it may have inherited that SIGTERM is blocked.
func endWithTests(_ process: Process) {
    children.withLock { pids in
        if pids.isEmpty {
            atexit { children.withLock { for pid in $0 { kill(pid, SIGKILL) } } }
        }
        pids.append(process.processIdentifier)
    }
}

/// Debian's `chromedriver`, which speaks W3C WebDriver over HTTP on this machine and starts Chromium.
struct ChromeDriver: Sendable {
    /// Where the driver and the browser are; nil where one is missing.
    static let programs: (driver: String, browser: String)? = {
        let environment = ProcessInfo.processInfo.environment
        func find(_ given: String?, _ names: [String]) -> String? {
            if let given { return given }
            let folders = (environment["PATH"] ?? "").split(separator: ":")
            return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        guard let driver = find(environment["DECOY_CHROMEDRIVER"], ["chromedriver"]),
            let browser = find(
                environment["DECOY_CHROMIUM"], ["chromium", "chromium-browser", "google-chrome"])
        else { return nil }
        return (driver, browser)
    }()

    /// Whether the tests of the pages run: a browser is slow to start, and nothing else here needs one.
    static let isWanted = ProcessInfo.processInfo.environment["DECOY_BROWSER_TESTS"] != nil

    /// The port it listens on.
    let port: Int
    /// The browser that it starts.
    let browser: String

    private static let started = Result { try ChromeDriver() }

    /// The driver, started once.
    static func shared() throws -> ChromeDriver { try started.get() }

    private init() throws {
        guard let programs = Self.programs else {
            throw BrowserFailure("no chromedriver and chromium on the PATH; make test-page installs them")
        }
        let process = Process()
        process.executableURL = URL(filePath: programs.driver)
        process.arguments = ["--port=0"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        endWithTests(process)
        let line = try output.fileHandleForReading.line { $0.contains("successfully on port") }
        guard let port = line.split(separator: " ").last.flatMap({ Int($0.filter(\.isNumber)) }) else {
            throw BrowserFailure("chromedriver did not say its port: \(line)")
        }
        self.port = port
        browser = programs.browser
    }
}

/// What went wrong between test and browser.
struct BrowserFailure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

extension FileHandle {
    /// The first line that fulfils a condition; throws at the end of the stream.
    func line(where isWanted: (String) -> Bool) throws -> String {
        var text = ""
        while true {
            let data = availableData
            if data.isEmpty { throw BrowserFailure("a process ended before it was ready: \(text)") }
            text += String(decoding: data, as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            if let line = lines.first(where: isWanted) { return line }
        }
    }
}
