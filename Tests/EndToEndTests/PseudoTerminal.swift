import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A terminal that no one sits at: what a process writes to it can be read.
struct PseudoTerminal {
    /// No terminal could be made.
    struct Unavailable: Error {}

    /// The end that a process gets as its standard output.
    let end: FileHandle
    private let controller: Int32

    init() throws {
        var descriptors: (controller: Int32, end: Int32) = (-1, -1)
        guard openpty(&descriptors.controller, &descriptors.end, nil, nil, nil) == 0 else { throw Unavailable() }
        controller = descriptors.controller
        end = FileHandle(fileDescriptor: descriptors.end, closeOnDealloc: false)
    }

    /// Types at the terminal.
    func type(_ text: String) throws { try FileHandle(fileDescriptor: controller).write(contentsOf: Data(text.utf8)) }

    /// Whether the terminal echoes what is typed and waits for whole lines, as it does unless a process changed it.
    var isPlain: Bool {
        var settings = termios()
        return tcgetattr(controller, &settings) == 0
            && settings.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON)
    }

    /// Reads until a text has come; what came where it doesn't within some seconds.
    func text(until text: String, within seconds: Double = 20) -> String {
        var bytes: [UInt8] = []
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            var waiting = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 100) > 0 else { continue }
            var buffer: [UInt8] = Array(repeating: 0, count: 4096)
            let count = read(controller, &buffer, buffer.count)
            if count <= 0 { break }
            bytes += buffer.prefix(count)
            if String(decoding: bytes, as: UTF8.self).contains(text) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads until every process has closed the terminal; line ends are those of the process.
    func readToEnd() throws -> String {
        try end.close()
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(controller, &buffer, buffer.count)
            if count <= 0 { break }
            bytes += buffer.prefix(count)
        }
        close(controller)
        return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }
}
