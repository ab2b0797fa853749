import Dispatch
import DurableStorage
import Foundation

/// Ctrl-C and termination: half-written outputs are removed and the program ends with 130 (or 143).
enum Interruption {
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

    /// Starts listening; called once, before any work.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        for (number, status) in [(SIGINT, Int32(130)), (SIGTERM, Int32(143))] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
            source.setEventHandler {
                PartialOutputs.removeAll()
                if Console.errorIsTerminal { Console.redraw("") }
                Console.error("interrupted; nothing half-written was left")
                _exit(status)
            }
            source.activate()
            sources.append(source)
        }
    }
}
