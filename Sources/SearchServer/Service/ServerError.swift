/// Why a server can't begin.
public enum ServerError: Error, Sendable, CustomStringConvertible {
    /// The address or port can't be listened at.
    case cannotListen(host: String, port: Int, reason: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason):
            "can't listen at \(host), port \(port): \(reason); choose another port (--port 0 takes one that is free)"
        }
    }
}
