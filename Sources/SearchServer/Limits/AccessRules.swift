/// Decides who is answered: by the name they call the server, by their token, by the type of what they send.
struct AccessRules: Sendable {
    private let token: [UInt8]?
    private let allowedHosts: Set<String>?

    init(_ options: ServerOptions) {
        token = options.token.map { Array($0.utf8) }
        allowedHosts = options.allowedHosts
    }

    /// Throws a `Problem` where a request must not be answered.
    func check(_ request: ServerRequest, route: Route) throws(Problem) {
        try checkHost(request.host)
        if !route.isOpen { try checkToken(request.authorization) }
        if route.method == "POST" { try checkType(request.contentType) }
    }

    private func checkHost(_ host: String?) throws(Problem) {
        guard let allowedHosts else { return }
        guard let host, allowedHosts.contains(Self.name(of: host).lowercased()) else {
            throw Problem(
                421, "this server is not called \(Parameter.shown(host ?? "")); decoy serve --allow-host lets it be")
        }
    }

    /// A host without its port.
    static func name(of host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" })
    }

    /// Compares in a time that doesn't depend on where the difference is.
    private func checkToken(_ authorization: String?) throws(Problem) {
        guard let token else { return }
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        let given = parts.count == 2 && parts[0].lowercased() == "bearer" ? Array(parts[1].utf8) : []
        var difference = UInt8(given.count == token.count ? 0 : 1)
        for place in token.indices { difference |= token[place] ^ (given.indices.contains(place) ? given[place] : 0) }
        guard difference == 0 else {
            throw Problem(
                401, "this server wants a token: Authorization: Bearer TOKEN", headers: [("WWW-Authenticate", "Bearer")]
            )
        }
    }

    /// A form of a foreign page can't send JSON without asking first, so this keeps it out.
    private func checkType(_ type: String?) throws(Problem) {
        let media = (type ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        guard media == "application/json" else {
            throw Problem(415, "send the parameters as a JSON object, with Content-Type: application/json")
        }
    }
}
