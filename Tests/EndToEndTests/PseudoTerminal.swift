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
