import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A running `decoy serve`, and requests to it.
final class ServedProcess {
    /// It ended, or said nothing, before it served.
    struct NotServing: Error, CustomStringConvertible {
        var description: String
    }

    /// One answer.
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: Data

        /// The body as JSON.
        var json: JSONNode { get throws { try JSONNode(String(decoding: body, as: UTF8.self)) } }
    }

    let process: DecoyProcess
    let port: Int

    /// Starts the server at a free port and waits until it serves.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        let process = try DecoyProcess(
            ["serve"] + arguments + ["--port", "0"], environment: environment, input: FileHandle.nullDevice)
        var found: Int?
        try process.wait {
            found = try process.messages().firstMatch(of: /serving .* at http:\/\/[^ ]*:(\d+)\//).flatMap { Int($0.1) }
            return found != nil
        }
        guard let found else {
            process.signal(SIGKILL)
            throw NotServing(description: try process.messages())
        }
        self.process = process
        port = found
    }

    deinit { if process.isRunning { process.signal(SIGKILL) } }

    /// Asks and waits for the answer.
    func ask(
        _ target: String, method: String = "GET", headers: [String: String] = [:], body: String? = nil
    ) throws -> Answer {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(target)") else {
            throw NotServing(description: "no URL: \(target)")
        }
        var request = URLRequest(url: url, timeoutInterval: 60)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0.utf8) }
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var result: Result<Answer, any Error> = .failure(NotServing(description: "no answer"))
        let task = URLSession.shared.dataTask(with: request) { data, response, error in
            if let response = response as? HTTPURLResponse {
                var headers: [String: String] = [:]
                for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
                result = .success(Answer(status: response.statusCode, headers: headers, body: data ?? Data()))
            } else if let error {
                result = .failure(error)
            }
            done.signal()
        }
        task.resume()
        done.wait()
        return try result.get()
    }

    /// Posts a JSON object.
    func post(_ target: String, _ body: String) throws -> Answer {
        try ask(target, method: "POST", headers: ["Content-Type": "application/json"], body: body)
    }

    /// Sends bytes as they are, and returns what comes until the server closes or has sent one answer.
    func send(_ bytes: String) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard connected == 0 else { throw NotServing(description: "no connection") }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let sent = Array(bytes.utf8)
        _ = sent.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { received += buffer.prefix(count) }
        return String(decoding: received, as: UTF8.self)
    }

    /// Ends it with a signal and returns what it left.
    func stop(_ signal: Int32 = SIGTERM) throws -> DecoyProcess.Outcome {
        process.signal(signal)
        return try process.finish()
    }
}
