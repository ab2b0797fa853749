#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Something that ends the program with a message.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// Writes an error to standard error and exits with 1.
    static func report(_ error: any Error) -> Never {
        let text = "error: \(error)\n\(DecoyBenchmarks.usage)\n"
        _ = text.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
        exit(1)
    }
}
