import Dispatch
import DurableStorage
import Essentials
import Synchronization

/// Ctrl-C and termination: half-written outputs are removed and the program ends with 130 (or 143).
enum Interruption {
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

    /// What the program does about a signal.
    private struct Conduct {
        /// Whether work goes on to a place where it can stop.
        var waits = false
        /// The status of the signal that came while it does.
        var requested: Int32?
        /// What is put back before a signal ends the program.
        var last: (@Sendable () -> Void)?
    }

    private static let conduct = Mutex(Conduct())

    /// The exit code of the signal that asked the work to stop; nil where none did.
    static var requested: Int32? { conduct.withLock { $0.requested } }

    /// Does something, such as restoring the terminal, before a signal ends the program; in the place of what was asked for before.
    static func beforeEnding(_ last: @escaping @Sendable () -> Void) { conduct.withLock { $0.last = last } }

    /// Runs work that looks at `requested` now and then and stops by itself; a second signal ends the program at once.
    static func deferred<Result>(_ work: () throws -> Result) rethrows -> Result {
        conduct.withLock { $0.waits = true }
        defer { conduct.withLock { $0.waits = false } }
        return try work()
    }

    /// Starts listening; called once, before any work.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        for (number, status) in [(SIGINT, Int32(130)), (SIGTERM, Int32(143))] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
            source.setEventHandler {
                let isDeferred = conduct.withLock { conduct in
                    guard conduct.waits, conduct.requested == nil else { return false }
                    conduct.requested = status
                    return true
                }
                if isDeferred { return }
                PartialOutputs.removeAll()
                conduct.withLock { $0.last }?()
                if Console.errorIsTerminal { Console.redraw("") }
                Console.error("interrupted; nothing half-written was left")
                _exit(status)
            }
            source.activate()
            sources.append(source)
        }
    }
}
