import Essentials
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// The network side: HTTP/1.1 over HummingbirdCore, in front of a `SearchService`.
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

    /// Serves until SIGTERM or SIGINT, then answers what has begun and returns.
    public func run() async throws {
        let logger = Logger(label: "decoy") { _ in SwiftLogNoOpLogHandler() }
        let hasStarted = Flag()
        let server = try HTTPServerBuilder.http1(configuration: channelConfiguration).buildServer(
            configuration: ServerConfiguration(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: MaximumAvailableConnections(options.maximumConnections)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger,
            responder: { request, writer, channel in
                let answer = await respond(to: request, channel)
                let body = ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
                try await writer.write(response: answer.head, body: request.method == .head ? ResponseBody() : body)
            },
            onServerRunning: { channel in
                hasStarted.set()
                tell(.started(port: channel.localAddress?.port ?? options.port))
            })
        let group = ServiceGroup(
            configuration: .init(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        let refreshing = Task { await refresh() }
        defer { refreshing.cancel() }
        do {
            try await group.run()
        } catch {
            if hasStarted.isSet { throw error }
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw ServerError.cannotListen(host: options.host, port: options.port, reason: reason)
        }
    }

    private var channelConfiguration: HTTP1Channel.Configuration {
        .init(
            additionalChannelHandlers: [QuickAnswers(service)],
            idleTimeout: .seconds(Int64(options.timeout)),
            httpDecoderConfiguration: .init(
                // The request line counts as a field; percent-encoded, a character of the query takes up to twelve bytes.
                maxHeaderFieldSize: 128 << 10, maxHeaderListSize: 160 << 10, maxHeaderFieldCount: 100))
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

    private func respond(to request: Request, _ channel: any Channel) async -> ServerResponse {
        do throws(Problem) {
            let hasBody = request.method != .get && request.method != .head
            let asked = ServerRequest(request.head, body: hasBody ? try await collect(request.body, channel) : [])
            return try await limit.run { service.respond(to: asked) }
        } catch {
            return service.record(error)
        }
    }

    /// The body, within limits of size and time; beyond them the connection is closed, since the rest of it may still come.
    private func collect(_ parts: RequestBody, _ channel: any Channel) async throws(Problem) -> [UInt8] {
        let late = channel.eventLoop.scheduleTask(in: .seconds(Int64(options.timeout))) { channel.close(promise: nil) }
        defer { late.cancel() }
        var bytes: [UInt8] = []
        do {
            for try await part in parts {
                guard bytes.count + part.readableBytes <= options.maximumBody else {
                    _ = channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
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
}

/// Something that came true.
private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
