import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The network side: HTTP/1.1 over Hummingbird, in front of a `SearchService`.
public struct HTTPServer: Sendable {
    private let service: SearchService
    private let options: ServerOptions
    private let limit: WorkLimit
    private let tell: @Sendable (ServerEvent) -> Void

    /// A server; `tell` is told of what happens.
    public init(_ service: SearchService, options: ServerOptions, tell: @escaping @Sendable (ServerEvent) -> Void) {
        self.service = service
        self.options = options
        self.tell = tell
        limit = WorkLimit(options)
    }

    /// What the requests of a connection share.
    private struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            channel = source.channel
        }
    }

    /// Serves until SIGTERM or SIGINT, then answers what has begun and returns.
    public func run() async throws {
        var logger = Logger(label: "decoy") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder<Context> { request, context in await respond(to: request, context) },
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(Int64(options.timeout)),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 32 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100))),
            configuration: .init(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: MaximumAvailableConnections(options.maximumConnections)),
            onServerRunning: { channel in tell(.started(port: channel.localAddress?.port ?? options.port)) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await refresh() }
            try await application.runService()
            group.cancelAll()
        }
    }

    /// Looks for new commits until it is cancelled.
    private func refresh() async {
        var lastProblem = ""
        while (try? await Task.sleep(for: .milliseconds(options.refreshInterval))) != nil {
            do {
                if try service.collection.refresh() { tell(.newCommit(service.collection.current)) }
                lastProblem = ""
            } catch {
                if "\(error)" != lastProblem { tell(.commitFailed(error)) }
                lastProblem = "\(error)"
            }
        }
    }

    private func respond(to request: Request, _ context: Context) async -> Response {
        let response: ServerResponse
        do {
            let asked = try await read(request, context)
            response = try await limit.run { service.respond(to: asked) }
        } catch {
            response = service.record(error)
        }
        return Self.response(response, isHead: request.method == .head)
    }

    private func read(_ request: Request, _ context: Context) async throws(Problem) -> ServerRequest {
        let body: [UInt8]
        if request.method == .get || request.method == .head {
            body = []
        } else {
            body = try await collect(request, context)
        }
        return ServerRequest(
            method: request.method.rawValue, target: request.head.path ?? "/", host: request.head.authority,
            authorization: request.headers[.authorization], contentType: request.headers[.contentType], body: body)
    }

    /// The body, within limits of size and time; beyond them the connection is closed, since the rest of it may still come.
    private func collect(_ request: Request, _ context: Context) async throws(Problem) -> [UInt8] {
        let channel = context.channel
        let late = channel.eventLoop.scheduleTask(in: .seconds(Int64(options.timeout))) {
            channel.close(promise: nil)
        }
        defer { late.cancel() }
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                guard bytes.count + part.readableBytes <= options.maximumBody else {
                    channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
                    throw Problem(
                        413, "the body is longer than \(options.maximumBody) bytes", headers: [("Connection", "close")])
                }
                bytes += part.readableBytesView
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem.badRequest("the body did not arrive whole")
        }
        return bytes
    }

    private static func response(_ answer: ServerResponse, isHead: Bool) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = answer.contentType
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        headers[.contentLength] = String(answer.body.count)
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
