import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers quick requests on the event loop as soon as they are read; all others go on to the tasks behind it.
///
/// Whoever goes on is answered in a task, at the price of changes of threads and of queues between them: some 15 µs, where a search takes 50.
/// Requests of a connection are answered in their order: while one that went on has no answer yet, those after it go on too.
final class QuickAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let service: SearchService
    /// How many requests went on and have no answer yet.
    private var unanswered = 0
    /// A quick request of which only the head was read.
    private var waiting: (head: HTTPRequest, request: ServerRequest)?
    /// When a request last went on: what closes idle connections stands behind and sees no others.
    private var lastPassed = NIODeadline.now()
    private static let passEvery = TimeAmount.milliseconds(500)

    init(_ service: SearchService) { self.service = service }

    /// One read a request: a second one finds nothing in all but pipelined requests, for which the loop comes again.
    func handlerAdded(context: ChannelHandlerContext) {
        context.channel.setOption(.maxMessagesPerRead, value: 1).whenFailure { _ in }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if unanswered == 0, let request = quickRequest(head) {
                waiting = (head, request)
            } else {
                pass(context, data)
            }
        case .body:
            // A body that nobody reads here.
            if let waiting {
                self.waiting = nil
                pass(context, wrapInboundOut(.head(waiting.head)))
            }
            context.fireChannelRead(data)
        case .end:
            guard let waiting else { return context.fireChannelRead(data) }
            self.waiting = nil
            answer(waiting.request, context)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    private func pass(_ context: ChannelHandlerContext, _ head: NIOAny) {
        unanswered += 1
        lastPassed = .now()
        context.fireChannelRead(head)
    }

    private func quickRequest(_ head: HTTPRequest) -> ServerRequest? {
        guard head.method == .get, head.headerFields[.connection] == nil, .now() - lastPassed < Self.passEvery else {
            return nil
        }
        let request = ServerRequest(head, body: [])
        return service.isQuick(request) ? request : nil
    }

    private func answer(_ request: ServerRequest, _ context: ChannelHandlerContext) {
        let response = service.respond(to: request)
        context.write(wrapOutboundOut(.head(response.head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: response.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

extension ServerRequest {
    /// What is of use of a head.
    init(_ head: HTTPRequest, body: [UInt8]) {
        self.init(
            method: head.method.rawValue, target: head.path ?? "/", host: head.authority,
            authorization: head.headerFields[.authorization], contentType: head.headerFields[.contentType], body: body)
    }
}
