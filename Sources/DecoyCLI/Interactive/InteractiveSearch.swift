import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// `decoy search` without a query, on a terminal: lines are read and answered until the person ends it.
extension SearchCommand {
    /// Whether queries are to be typed.
    var isInteractive: Bool { text == nil && queries == nil }

    /// Refuses what cannot be answered line by line.
    func validateInteractive() throws {
        guard isInteractive else { return }
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw ValidationError(
                "give a query or --queries FILE; without either, queries are typed on a terminal, and this is none")
        }
        guard output == "-", !json, outputFormat ?? .table == .table else {
            throw ValidationError(
                "typed queries are answered by tables on the terminal: give a query or --queries FILE")
        }
    }

    /// Answers lines until the end of input or `:quit`; what goes wrong with one is said, and the next is read.
    func runInteractively() throws {
        var session = try InteractiveSession(k: k, filter: retrieval.stages.filter, open: openTarget)
        var stamp = FolderStamp(index)
        let editor = try LineEditor(
            prompt: "decoy> ", words: InteractiveCommand.Name.allCases.map { ":\($0.rawValue)" })
        var history = HistoryFile()
        do {
            for line in try history?.lines() ?? [] { editor.remember(line) }
        } catch {
            Console.error("the history is not read: \(error)")
        }
        common.say("\(index): type a query, or :help")
        while true {
            switch editor.read() {
            case .interrupted: continue
            case .end:
                Console.output("")
                return
            case .text(let line):
                do {
                    guard let command = try remembered(line, editor, &history) else { continue }
                    if command == .quit { return }
                    let current = FolderStamp(index)
                    if command == .reload {
                        stamp = current
                    } else if current != stamp {
                        stamp = current
                        common.say("\(index) has changed; :reload takes what was committed")
                    }
                    try answer(command, &session)
                } catch StorageError.io(_, _, EPIPE) {
                    return
                } catch {
                    Console.error(Self.description(of: error))
                }
            }
        }
    }

    /// Reads a line as a command and adds it to the history, one that is no command too: so it can be mended.
    private func remembered(
        _ line: String, _ editor: LineEditor, _ history: inout HistoryFile?
    ) throws -> InteractiveCommand? {
        let command = Result { try InteractiveCommand(line) }
        let line = line.trimmedOfSpaces
        if !line.isEmpty {
            editor.remember(line)
            do {
                try history?.add(line)
            } catch {
                history = nil
                Console.error("the history is not written: \(error)")
            }
        }
        return try command.get()
    }

    /// Carries out one command and prints what it gives.
    private func answer(_ command: InteractiveCommand, _ session: inout InteractiveSession) throws {
        let start = ContinuousClock.now
        switch command {
        case .query(let text):
            if let problem = session.target.phraseProblem, !PhraseQuery(parsing: text).phrases.isEmpty {
                common.say("the quotes are ignored: \(problem)")
            }
            print(try session.ask(text), session.shown, since: start)
        case .more: print(try session.more(), session.shown, since: start)
        case .neighbors(let rank): print(try session.neighbors(of: rank), session.shown, since: start)
        case .explain(let rank): print(try session.explain(rank))
        case .show(let rank): print(try session.show(rank))
        case .hits(let number):
            guard number <= Self.largestK else { throw UsageProblem(":k \(number): give 1 to \(Self.largestK)") }
            session.k = number
        case .filter(let expression):
            let text = try session.reload(filter: expression)
            if let text { print(text, session.shown, since: start) }
        case .reload:
            let text = try session.reload()
            if let text { print(text, session.shown, since: start) }
        case .help: print(Self.commandList)
        case .quit: break
        }
    }

    private func print(_ text: String, _ hits: Int, since start: ContinuousClock.Instant) {
        let milliseconds = (ContinuousClock.now - start).seconds * 1000
        let time = "\((milliseconds * 10).rounded() / 10)"
        print(text + (common.quiet ? "" : "\(hits) hit\(hits == 1 ? "" : "s") in \(time) ms\n"))
    }

    private func print(_ text: String) { Console.output(text, terminator: "") }

    private static var commandList: String {
        let usages = InteractiveCommand.Name.allCases.map(\.usage)
        let width = usages.map(\.call.count).max() ?? 0
        return usages.map { usage in
            "  \(usage.call)\(String(repeating: " ", count: width - usage.call.count))  \(usage.effect)\n"
        }.joined() + "All else is a query. Commands may be cut short (:n 3), and the tab key completes them.\n"
    }

    /// What the argument parser's own errors say, and all others.
    private static func description(of error: any Error) -> String {
        (error as? ValidationError)?.message ?? String(describing: error)
    }

    /// Opens the index with a filter in the place of the one given by hand.
    private func openTarget(filter: String?) throws -> SearchTarget {
        var retrieval = retrieval
        retrieval.stages.filter = filter
        try retrieval.stages.validate()
        try retrieval.validate()
        var problem: String?
        let opened = try retrieval.open(index, threads: common.threadCount, globalStatistics: globalStats) { reader in
            problem = phraseProblem(reader)
            return problem == nil
        }
        if phrases, let problem { throw UsageProblem("--phrases: \(problem)") }
        var writer = HitWriter(format: .table, tag: opened.retriever.name, documents: opened.storedDocuments)
        writer.bold = Console.bold
        try setHighlighting(of: &writer, opened)
        if explain, !(opened.retriever is any ExplainingRetriever) {
            throw UsageProblem("--explain needs a lexical index alone, without --dense")
        }
        return SearchTarget(opened: opened, writer: writer, phraseProblem: problem, explains: explain)
    }
}
