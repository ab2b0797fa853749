import DecoyTestSupport
import Foundation

/// A folder in which the commands of a document run: small things under the names that documents use.
struct DocumentSandbox {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let dataset = try CutHomonyms(of: ["bank", "bark"], into: folder).path
        try FileManager.default.moveItem(atPath: dataset, toPath: folder.path("DATASET"))
        try folder.makeFolder("corpora")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("corpora/homonyms"), withDestinationPath: folder.path("DATASET"))
        let texts = try String(contentsOfFile: folder.path("DATASET/corpus.jsonl"), encoding: .utf8)
        let documents = try texts.split(separator: "\n").map { try JSONNode(String($0)) }
        try writeNotes()
        let ids = documents.compactMap { $0["_id"].text }
        try writeRun(of: ids)
        try writeQuestions(about: ids)
        try writeModels(texts)
        try writeSmallFiles()
    }

    /// Text files: enough for their titles, as queries, to fall into every split.
    private func writeNotes() throws {
        let corpus = DocumentedCommands.root.appending(path: "corpora/homonyms/corpus.jsonl")
        let lines = try String(contentsOf: corpus, encoding: .utf8).split(separator: "\n")
        for line in lines.filter({ $0.hasPrefix(#"{"_id": "b"#) || $0.hasPrefix(#"{"_id": "c"#) }).prefix(70) {
            let note = try JSONNode(String(line))
            let title = note["title"].text ?? "", text = note["text"].text ?? ""
            try folder.write("notes/\(note["_id"].text ?? "").md", "# \(title)\n\n\(text)\n")
        }
    }

    /// A run of another program: for each judged query its documents and some others.
    private func writeRun(of ids: [String]) throws {
        var lines = "", number = 0
        for split in ["train", "dev", "test"] {
            let rows = try String(contentsOfFile: folder.path("DATASET/qrels/\(split).tsv"), encoding: .utf8)
            let judged = rows.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
            for (query, rows) in Dictionary(grouping: judged, by: { $0[0] }).sorted(by: { $0.key < $1.key }) {
                let others = (0..<8).map { ids[(number * 5 + $0) % ids.count] }.filter { id in
                    !rows.contains { $0[1] == id }
                }
                for (rank, id) in (rows.map { $0[1] } + others).enumerated() {
                    lines += "\(query) Q0 \(id) \(rank + 1) \(100 - rank) other\n"
                }
                number += 1
            }
        }
        try folder.write("other.trec", lines)
    }

    /// Questions about the notes, judged in three splits.
    private func writeQuestions(about ids: [String]) throws {
        var questions = "", judgements = ["train", "dev", "test"].map { ($0, "query-id\tcorpus-id\tscore\n") }
        for (number, id) in ids.prefix(12).enumerated() {
            questions += "question-\(number)\twhat is said of \(id.replacing("-", with: " "))\n"
            judgements[number % 3].1 += "question-\(number)\t\(id).md\t1\n"
        }
        try folder.write("questions.tsv", questions)
        for (split, rows) in judgements { try folder.write("\(split).tsv", rows) }
    }

    /// A transformer and a cross-encoder of a few random weights.
    private func writeModels(_ texts: String) throws {
        let tiny = TinyTransformer(wordsOf: texts)
        for name in ["all-MiniLM-L6-v2", "e5-small-v2"] { try tiny.write(into: folder, as: name) }
        let words = Set(texts.lowercased().split { !$0.isLetter }.map(String.init))
        try TinyCrossEncoder(words: words.sorted()).write(into: folder)
    }

    private func writeSmallFiles() throws {
        try folder.write("thai-notes/one.txt", "นักเรียนอ่านหนังสือเก่าในห้องน้ำของโรงเรียน")
        try folder.write("products.csv", "id,title,text\np1,Fernseher,Ein Fernseher mit Häusern\np2,Handy,Ein Handy\n")
        try folder.write("products.json", #"{"name": "products", "extends": "german"}"#)
        try folder.write("new.jsonl", #"{"_id": "new-1", "title": "New", "text": "A new document."}"# + "\n")
        try folder.write("more.jsonl", #"{"_id": "new-2", "title": "More", "text": "One more."}"# + "\n")
        try folder.write("old-ids.txt", "new-1\n")
        // Few dimensions and one epoch: the binary under test may be a debug build.
        try folder.write("quick/table.json", #"{"dimension": 16, "epochs": 1}"#)
        try folder.write("quick/transformer.json", #"{"epochs": 1, "batch-size": 8}"#)
        try folder.write(
            "quick/experiment.json",
            #"""
            {"dimension": 16, "epochs": 1, "learning-rate": 0.01, "temperature": 0.05, "seeds": 1,
             "pool": "train-positives", "relative-margin": 0}
            """#)
    }

    /// Functions that stand for the programs: `decoy` trains quickly and serves for a moment; `make` does nothing.
    private static let functions = #"""
        set -eE
        trap 'echo "failed: $BASH_COMMAND" >&2' ERR
        make() { :; }
        decoy() {
            case "$1" in
            train)
                case " $* " in
                *" --encoder "*) "$DECOY" "$@" --config quick/transformer.json ;;
                *) "$DECOY" "$@" --config quick/table.json ;;
                esac ;;
            experiment) "$DECOY" "$@" --config quick/experiment.json ;;
            serve)
                "$DECOY" "$@" --port 0 2> serve.log &
                local server=$!
                for _ in $(seq 600); do
                    if grep -q "^serving" serve.log; then break; fi
                    sleep 0.1
                done
                kill -TERM $server
                wait $server && grep -q "^serving" serve.log ;;
            *) "$DECOY" "$@" ;;
            esac
        }

        """#

    /// Runs commands in the folder and returns the exit code, what was printed, and what was said.
    func run(_ lines: [String]) throws -> (status: Int32, output: String, messages: String) {
        let script = try folder.write("commands.sh", Self.functions + lines.joined(separator: "\n") + "\n")
        let messages = try folder.write("messages.txt", "")
        guard let binary = DecoyProcess.binary else { throw DecoyProcess.MissingBinary() }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [script]
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = ProcessInfo.processInfo.environment.merging(["DECOY": binary.path]) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = try folder.write("output.txt", "")
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: messages))
        try process.run()
        process.waitUntilExit()
        func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
        return (process.terminationStatus, try text(output), try text(messages))
    }
}
