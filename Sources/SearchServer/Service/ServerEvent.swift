/// What happens to a server that a person should know.
public enum ServerEvent: Sendable {
    /// Requests are answered from now on, at this port.
    case started(port: Int)
    /// A new commit is served.
    case newCommit(ServedCollection)
    /// A new commit can't be opened; the old one goes on to be served. Said once for each cause.
    case commitFailed(any Error)
}
