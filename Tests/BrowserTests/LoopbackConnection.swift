import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// HTTP to a port of this machine, one connection a request.
///
/// Not `URLSession`: outside Apple's platforms it refuses header lines without a space after the colon, as chromedriver writes them.
enum LoopbackConnection {
    /// Sends a request with a JSON body and returns status and body of the answer.
    static func request(_ method: String, port: Int, path: String, body: Data?) throws -> (status: Int, body: Data) {
        let socket = try connected(to: port)
        defer { close(socket) }
        var request = Data("\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n".utf8)
        if let body {
            request += Data("Content-Type: application/json; charset=utf-8\r\nContent-Length: \(body.count)\r\n".utf8)
        }
        request += Data("\r\n".utf8) + (body ?? Data())
        try write(request, to: socket)
        return try answer(from: socket)
    }

    private static func connected(to port: Int) throws -> Int32 {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let socket = socket(AF_INET, kind, 0)
        guard socket >= 0 else { throw BrowserFailure("no socket") }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(socket)
            throw BrowserFailure("nothing listens on port \(port)")
        }
        return socket
    }

    private static func write(_ data: Data, to socket: Int32) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { throw BrowserFailure("the connection broke off") }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads as much as the header says, so that it doesn't matter whether the other side closes.
    private static func answer(from socket: Int32) throws -> (status: Int, body: Data) {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 65536)
        let end = Data("\r\n\r\n".utf8)
        while true {
            if let found = data.range(of: end) {
                let head = String(decoding: data[..<found.lowerBound], as: UTF8.self).lowercased()
                let lines = head.split(separator: "\r\n")
                let length = lines.first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) }
                let body = data[found.upperBound...]
                if let length, body.count >= length, let status = lines.first?.split(separator: " ").dropFirst().first {
                    return (Int(status) ?? 0, Data(body.prefix(length)))
                }
            }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw BrowserFailure("no whole answer: \(data.count) bytes") }
            data += buffer.prefix(count)
        }
    }
}
