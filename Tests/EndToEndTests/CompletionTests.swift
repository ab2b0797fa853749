import DecoyTestSupport
import Foundation
import Testing

@Suite("Completions for shells", .tags(.endToEnd))
struct CompletionTests {
    /// The lines that a shell prints for a script, in a folder that has decoy's completions for it as `completions`.
    private func lines(_ shell: String, _ arguments: [String], in folder: TemporaryFolder) throws -> [String] {
        let name = URL(fileURLWithPath: shell).lastPathComponent
        try folder.write("completions", DecoyProcess.run(["--generate-completion-script", name]).output)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: shell)
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// What bash offers for the last word of a call.
    private func completions(_ words: [String], in folder: TemporaryFolder) throws -> [String] {
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        let script = """
            source ./completions; COMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT=${#COMP_LINE}; _decoy decoy "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        return try lines("/bin/bash", ["--norc", "-c", script], in: folder)
    }

    @Test("Scripts are made for bash, zsh and fish.", arguments: ["bash", "zsh", "fish"])
    func generated(_ shell: String) throws {
        let outcome = try DecoyProcess.run(["--generate-completion-script", shell])
        #expect(outcome.status == 0 && outcome.messages.isEmpty)
        for word in ["mine", "output-format", "labeled-pair", "portuguese"] {
            #expect(outcome.output.contains(word), "\(word)")
        }
        #expect(!outcome.output.contains("generate-manual"))
    }

    @Test(
        "Bash completes commands, options, values, files and folders.",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
    func bash() throws {
        let folder = try TemporaryFolder()
        for name in ["queries.jsonl", "tuned.json", "notes.index/manifest"] { try folder.write(name, "") }
        #expect(try completions(["decoy", "mi"], in: folder) == ["mine"])
        #expect(try completions(["decoy", "search", "--output-f"], in: folder) == ["--output-format"])
        #expect(try completions(["decoy", "search", "--output-format", "tr"], in: folder) == ["trec"])
        #expect(try completions(["decoy", "index", "--analyzer", "por"], in: folder) == ["portuguese"])
        #expect(try completions(["decoy", "evaluate", "--measures", "nDCG"], in: folder) == ["nDCG@10"])
        #expect(try completions(["decoy", "search", "--queries", "que"], in: folder) == ["queries.jsonl"])
        #expect(try completions(["decoy", "search", "no"], in: folder) == ["notes.index"])
        let configurations = try completions(["decoy", "search", "--config", ""], in: folder)
        #expect(configurations.contains("tuned.json") && !configurations.contains("queries.jsonl"))
    }

    @Test(
        "Fish completes commands, options and values.",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/fish")))
    func fish() throws {
        let folder = try TemporaryFolder()
        func offered(_ call: String) throws -> [Substring] {
            let script = "source ./completions; complete -C '\(call)'"
            return try lines("/usr/bin/fish", ["--no-config", "-c", script], in: folder)
                .compactMap { $0.split(separator: "\t").first }
        }
        #expect(try offered("decoy mi") == ["mine"])
        #expect(try offered("decoy search --output-f") == ["--output-format"])
        #expect(try offered("decoy index --analyzer por") == ["portuguese"])
    }

    @Test(
        "Zsh reads its completions.", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zsh")))
    func zsh() throws {
        let folder = try TemporaryFolder()
        let script =
            "autoload -U compinit; compinit -u -D; source ./completions; which _decoy_search >/dev/null && print ok"
        #expect(try lines("/usr/bin/zsh", ["-f", "-c", script], in: folder) == ["ok"])
    }
}
