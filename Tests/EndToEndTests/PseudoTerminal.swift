import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A terminal that no one sits at: one can type on it, and read what a process writes to it.
final class PseudoTerminal {
    /// No terminal could be made.
    struct Unavailable: Error {}

    /// What was waited for did not come.
    struct Silence: Error, CustomStringConvertible {
        var description: String
    }

    /// The end that a process gets as its standard input or output.
    let end: FileHandle
    private let controller: Int32
    private var isEndOpen = true
    private var unread: [UInt8] = []

    init() throws {
        var descriptors: (controller: Int32, end: Int32) = (-1, -1)
        // So wide that no line is broken.
        var size = winsize(ws_row: 50, ws_col: 500, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&descriptors.controller, &descriptors.end, nil, nil, &size) == 0 else { throw Unavailable() }
        // Another test's process would keep the terminal open.
        for descriptor in [descriptors.controller, descriptors.end] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        controller = descriptors.controller
        end = FileHandle(fileDescriptor: descriptors.end, closeOnDealloc: false)
    }

    deinit {
        try? closeEnd()
        close(controller)
    }

    /// Leaves the terminal to the processes that have it; once they are started.
    func closeEnd() throws {
        if isEndOpen { try end.close() }
        isEndOpen = false
    }

    /// Whether the terminal echoes what is typed and waits for whole lines, as it does unless a process changed it.
    var isPlain: Bool {
        var settings = termios()
        return tcgetattr(controller, &settings) == 0
            && settings.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON)
    }

    /// Presses keys; `\r` is the return key.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
    }

    /// Reads until a text comes, and returns what came before it.
    func read(until text: String, seconds: Int = 60) throws -> String {
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        while true {
            let sofar = String(decoding: unread, as: UTF8.self)
            if let found = sofar.range(of: text) {
                unread = Array(sofar[found.upperBound...].utf8)
                return Self.plain(String(sofar[..<found.lowerBound]))
            }
            guard Date.now < deadline, readMore(milliseconds: 200) else {
                throw Silence(description: "'\(text)' did not come; there was: \(sofar)")
            }
        }
    }

    /// Reads until every process has closed the terminal.
    func readToEnd() throws -> String {
        try closeEnd()
        while readMore(milliseconds: -1) {}
        defer { unread = [] }
        return Self.plain(String(decoding: unread, as: UTF8.self))
    }

    /// Line ends are those of the process.
    private static func plain(_ text: String) -> String { text.replacing("\r\n", with: "\n") }

    /// Reads what there is; false once every process has closed the terminal.
    private func readMore(milliseconds: Int32) -> Bool {
        var request = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, milliseconds) > 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { Foundation.read(controller, $0.baseAddress, $0.count) }
        if count > 0 { unread += buffer.prefix(count) }
        return count > 0
    }
}
