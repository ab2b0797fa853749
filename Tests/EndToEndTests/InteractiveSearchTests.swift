import DecoyTestSupport
import Foundation
import Testing

@Suite("Interactive decoy search", .tags(.endToEnd))
struct InteractiveSearchTests {
    /// A search on a terminal, past its first prompt.
    private struct Session {
        static let prompt = "decoy> "
        let terminal: PseudoTerminal
        let process: DecoyProcess

        init(_ arguments: [String], _ environment: [String: String] = ["DECOY_HISTORY": "off"]) throws {
            terminal = try PseudoTerminal()
            process = try DecoyProcess(
                ["search"] + arguments, environment: ["TERM": "vt100", "NO_COLOR": "1"].merging(environment) { $1 },
                input: terminal.end, output: terminal.end)
            try terminal.closeEnd()
            _ = try terminal.read(until: Self.prompt)
        }

        /// What is printed for a line, without the line itself.
        func answer(to line: String) throws -> String {
            terminal.type(line + "\r")
            let text = try terminal.read(until: Self.prompt)
            return text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().joined()
        }

        func end() throws -> DecoyProcess.Outcome {
            terminal.type("\u{4}")
            return try process.finish()
        }
    }

    /// The ids of the hits in a table.
    private func ids(_ answer: String) -> [String] {
        answer.matches(of: #/(?m)^ +\d+ +\S+  (\S+)  /#).map { String($0.1) }
    }

    @Test("Queries are answered as by a call with the query, and :more goes on where the answer ended.")
    func answers() throws {
        let shared = try Prepared.shared()
        for options in [
            [shared.index], [shared.index, "--dense", shared.vectors, "--model", shared.model],
            [shared.vectors, "--model", shared.model], [shared.index, "--rm3", "--highlight"],
        ] {
            let session = try Session(options + ["-k", "3"])
            let spelled = ["search"] + options + ["river mud", "--output-format", "table"]
            let whole = try DecoyProcess.run(spelled + ["-k", "6"], environment: ["NO_COLOR": "1"]).output
            let first = try session.answer(to: "river mud")
            #expect(first.contains(/3 hits in [0-9.]+ ms\n$/), "\(first)")
            let second = try session.answer(to: ":more")
            let text = (first + second).replacing(/3 hits in [0-9.]+ ms\n/, with: "")
            #expect(text == whole)
            let outcome = try session.end()
            #expect(outcome.status == 0 && !outcome.messages.contains("decoy:"), "\(outcome.messages)")
        }
    }

    @Test("Hits are explained, shown as a whole, and lead to their neighbors, which are the next hits.")
    func hits() throws {
        let shared = try Prepared.shared()
        let session = try Session([shared.index, "-k", "3"])
        let found = ids(try session.answer(to: "bank mud"))
        #expect(found.count == 3)
        let explained = try session.answer(to: ":explain 2")
        #expect(ids(explained) == [found[1]] && explained.contains("mud: tf "), "\(explained)")
        #expect(try ids(session.answer(to: ":explain")) == found)
        #expect(try session.answer(to: ":show 3").contains("\(found[2])  The bank"))
        let near = ids(try session.answer(to: ":neighbors 1"))
        #expect(near.count == 3 && !near.contains(found[0]))
        #expect(try session.answer(to: ":show 2").hasPrefix(near[1]))
        #expect(try session.answer(to: ":ex 1").contains("tf "))
        #expect(try ids(session.answer(to: ":k 1") + session.answer(to: "bank mud")) == [found[0]])
        #expect(try session.answer(to: "東京").contains("no document matches"))
        #expect(try session.end().status == 0)
    }

    @Test("With vectors the neighbors are those of the vector.")
    func vectors() throws {
        let shared = try Prepared.shared()
        let dense = try Session([shared.vectors, "--model", shared.model])
        let hybrid = try Session([shared.index, "--dense", shared.vectors, "--model", shared.model])
        for session in [dense, hybrid] { _ = try session.answer(to: "bank-river") }
        let (one, other) = (
            try ids(dense.answer(to: "palm mud")), try ids(hybrid.answer(to: "palm mud"))
        )
        let same = try #require(one.first { other.contains($0) })
        func neighbors(_ session: Session, _ hits: [String]) throws -> [String] {
            try ids(session.answer(to: ":neighbors \((hits.firstIndex(of: same) ?? 0) + 1)"))
        }
        let near = try neighbors(dense, one)
        #expect(try near == neighbors(hybrid, other) && near.count == 10 && !near.contains(same))
        #expect(try ids(hybrid.answer(to: "palm mud")) == other)
        #expect(try hybrid.answer(to: ":explain 1").contains("cosines"))
        _ = try dense.answer(to: ":explain 1")
        #expect(try dense.end().messages.contains("cosine of two vectors"))
        #expect(try hybrid.end().status == 0)
    }

    @Test("What cannot be done is said, and the session goes on; Ctrl-C throws a line away and Ctrl-D ends with 0.")
    func errors() throws {
        let shared = try Prepared.shared()
        let session = try Session([shared.index])
        for line in [
            ":more", ":nieghbors 1", ":frobnicate", "bank", ":show 99", ":neighbors", ":explain x", ":k 0",
            ":filter year >", ":filter year > 3", "\"bank mud\"",
        ] { _ = try session.answer(to: line) }
        session.terminal.type("half a line\u{3}")
        let thrown = try session.terminal.read(until: Session.prompt)
        #expect(thrown.contains("^C"), "\(thrown)")
        #expect(try session.answer(to: "bank mud").contains("hits in"))
        let outcome = try session.end()
        #expect(outcome.status == 0)
        for message in [
            "nothing was asked yet", "did you mean :neighbors RANK?", "no command :frobnicate; :help", "give 1 to 10",
            "the number is missing: :neighbors RANK", "'x' is no number", "'0' is no number", "filter, column",
            "metadata", "the quotes are ignored",
        ] { #expect(outcome.messages.contains(message), "\(message): \(outcome.messages)") }
        #expect(try Session([shared.index]).answer(to: ":help").contains(":explain [RANK]"))
    }

    @Test("Lines are remembered for the next session, each once, in a file that only its owner reads.")
    func history() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let state = ["XDG_STATE_HOME": folder.path("state")]
        let first = try Session([shared.index], state)
        for line in ["bank mud", "  crane water ", ":frobnicate", "bank mud"] { _ = try first.answer(to: line) }
        _ = try first.end()
        let file = folder.path("state/decoy/history")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "crane water\n:frobnicate\nbank mud\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let second = try Session([shared.index], state)
        let (up, wanted) = ("\u{1B}[A", try DecoyProcess.run(["search", shared.index, "crane water"]).output)
        #expect(try second.answer(to: up + up + up).contains(wanted))
        _ = try second.end()
        let off = try Session([shared.index], ["XDG_STATE_HOME": folder.path("none"), "DECOY_HISTORY": "off"])
        _ = try off.answer(to: "bank")
        #expect(try off.end().status == 0 && !FileManager.default.fileExists(atPath: folder.path("none")))
    }

    @Test("A commit to the index is noticed, and :reload takes it; no document moves the cursor.")
    func commit() throws {
        let folder = try TemporaryFolder()
        let index = folder.path("index")
        func add(_ line: String, _ options: [String]) throws {
            let outcome = try DecoyProcess.run(["index", "-", "-o", index] + options, input: line + "\n")
            #expect(outcome.status == 0, "\(outcome.messages)")
        }
        try add(#"{"_id": "1", "title": "a\u001b[2Jb", "text": "river\u001b[5A bank", "year": 2}"#, [])
        let session = try Session([index, "--filter", "year > 1"])
        let before = try session.answer(to: "river")
        #expect(before.contains("a\u{FFFD}[2Jb") && !before.contains("\u{1B}"), "\(before)")
        #expect(try !session.answer(to: ":show 1").contains("\u{1B}"))
        try add(#"{"_id": "2", "title": "", "text": "another river", "year": 1}"#, ["--append"])
        #expect(try ids(session.answer(to: "river")) == ["1"])
        #expect(try ids(session.answer(to: ":filter")) == ["2", "1"])
        #expect(try ids(session.answer(to: ":reload")) == ["2", "1"])
        #expect(try session.end().messages.contains("has changed; :reload"))
    }

    @Test("Without a terminal, or with an output that is no table on it, a call without a query is a usage error.")
    func noTerminal() throws {
        let shared = try Prepared.shared()
        let outcome = try DecoyProcess.run(["search", shared.index])
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.messages.contains("give a query or --queries FILE"), "\(outcome.messages)")
        for options in [["--output-format", "trec"], ["-o", "out.trec"], ["--exclude-query-id"]] {
            let terminal = try PseudoTerminal()
            let process = try DecoyProcess(
                ["search", shared.index] + options, input: terminal.end, output: terminal.end)
            #expect(try terminal.readToEnd().isEmpty)
            #expect(try process.finish().status == 64)
        }
    }
}
