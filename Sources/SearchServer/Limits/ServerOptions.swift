/// Where the server listens, whom it answers, and how much it takes.
public struct ServerOptions: Sendable {
    /// The address to listen at.
    public var host = "127.0.0.1"
    /// The port; 0 for one that is free.
    public var port = 8080
    /// What every request must bear; nil where all may ask.
    public var token: String?
    /// The names by which clients may call the server beside the address it listens at; nil for any name.
    ///
    /// A browser that a foreign page has led astray (DNS rebinding) calls it by another.
    public var allowedHosts: Set<String>?
    /// How many connections are open at once; further ones wait in the system's queue.
    public var maximumConnections = 512
    /// How many requests are worked on at once.
    public var threads = 2
    /// How many requests wait for their turn; further ones get status 503.
    public var maximumWaiting = 1024
    /// How many seconds a request may wait for its turn, a body may take to arrive and a connection may be idle.
    public var timeout = 30
    /// The largest body of a request, in bytes: every parameter at its limit fits, however it is escaped.
    public var maximumBody = 128 << 10
    /// How many milliseconds pass between looks for a new commit.
    public var refreshInterval = 500
    /// The version of the program, for `/health`.
    public var version = ""

    /// Options with the defaults above.
    public init() {}
}
