import DecoyTestSupport
import Foundation
import Testing

@Suite("Completions for shells", .tags(.endToEnd))
struct CompletionTests {
    /// What bash offers for the last word of a call.
    private func completions(_ words: [String], in folder: TemporaryFolder) throws -> [String] {
        let script = try DecoyProcess.run(["--generate-completion-script", "bash"]).output
        let path = try folder.write("decoy.bash", script)
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.arguments = [
            "--norc", "-c",
            """
            source \(path); COMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT=${#COMP_LINE}; _decoy decoy "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
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
}
