import ArgumentParser
import Essentials
import SearchServer

/// Where a server listens and whom it answers.
struct NetworkFlags: ParsableArguments {
    @Option(help: "The address to listen at; 0.0.0.0 or :: for every network of this machine.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes one that is free.")
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "What requests must bear (Authorization: Bearer). (default: $DECOY_TOKEN)", valueName: "token"))
    var token: String?

    @Option(
        help: ArgumentHelp(
            "A further name by which requests may call the server, such as that of a proxy before it; may be repeated.",
            valueName: "name"))
    var allowHost: [String] = []

    @Option(help: "How many connections are open at once.")
    var maxConnections = 512

    @Option(help: "How many seconds a request may wait, a body may take and a connection may be idle.")
    var timeout = 30

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port \(port): give 0 to 65535") }
        guard (1...65536).contains(maxConnections) else {
            throw ValidationError("--max-connections \(maxConnections): give 1 to 65536")
        }
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout \(timeout): give 1 to 3600") }
        guard token?.isEmpty != true else { throw ValidationError("--token is empty") }
        guard !host.isEmpty else { throw ValidationError("--host is empty") }
    }

    /// Whether only this machine can reach the server.
    private var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    private var effectiveToken: String? {
        token ?? ProcessInfo.processInfo.environment["DECOY_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The address as a URL has it.
    var address: String { host.contains(":") ? "[\(host)]" : host }

    /// The server's options.
    func options() throws -> ServerOptions {
        var options = ServerOptions()
        options.host = host
        options.port = port
        options.token = effectiveToken
        options.maximumConnections = maxConnections
        options.timeout = timeout
        // Whoever opens the server to a network knows by which names it is called there, unless names are given.
        if isLoopback || !allowHost.isEmpty {
            let names = ["localhost", "127.0.0.1", "[::1]", address] + allowHost
            options.allowedHosts = Set(names.map { $0.lowercased() })
        }
        return options
    }

    /// What a person should know before the server is open.
    var warnings: [String] {
        isLoopback || effectiveToken != nil
            ? [] : ["anyone who can reach \(host) can search and read the documents: --token TOKEN keeps others out"]
    }
}
