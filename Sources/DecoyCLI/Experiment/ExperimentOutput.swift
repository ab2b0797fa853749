import Decoy
import DurableStorage

/// Writes what an experiment found into its folder.
struct ExperimentOutput {
    let folder: String
    let outcome: ExperimentRunner.Outcome

    func write() throws {
        let results = outcome.results
        try file("results.json", StableJSON.text(results))
        try file("report.md", MarkdownReport.text(results))
        try file("report.html", HTMLReport.text(results))
        try file("report.tex", LaTeXReport.text(results))
        try file("results.csv", CSVReport.text(results))
        let mteb = try FileSystemDirectory(path: folder + "/mteb", create: true).path
        for system in results.systemNames {
            if let text = try MTEBReport.text(results, system: system) {
                try AtomicFile.write(path: "\(mteb)/\(system).json") { try $0.write(text) }
            }
        }
        try file("negatives.jsonl", outcome.negatives)
        let runs = try FileSystemDirectory(path: folder + "/runs", create: true).path
        for (name, run) in outcome.runs {
            try AtomicFile.write(path: "\(runs)/\(name).trec") { file in
                for ranking in run.rankings { try file.write(ranking.trecLines(tag: name)) }
            }
        }
        let models = try FileSystemDirectory(path: folder + "/models", create: true).path
        for (arm, step) in outcome.models {
            guard let model = step.model else { continue }
            var record = ModelRecord(
                options: step.record.options, report: step.record.report, data: results.dataset,
                program: DecoyVersion.current)
            record.start = outcome.start
            record.notes = results.measures.compactMap { measure in
                results.systems[arm.rawValue]?.perSeed.first?[measure.description].map {
                    "\(measure) on \(results.dataset)/\(results.split): \(($0 * 10_000).rounded() / 10_000)"
                }
            }
            try Checkpoint.write(model, record: record, to: "\(models)/\(arm.rawValue)")
        }
    }

    private func file(_ name: String, _ text: String) throws {
        try AtomicFile.write(path: folder + "/" + name) { try $0.write(text) }
    }

    /// What the terminal shows: the systems, the comparisons, the leak, and a summary.
    static func terminalText(_ results: ExperimentResults) -> String {
        let tables = ExperimentTables(results)
        var parts = [tables.systems.text(), tables.comparisons.text(), tables.comparisonNote]
        if let table = tables.seenUnseen {
            parts += [tables.leakNote, table.text()]
        } else if !tables.leakNote.isEmpty {
            parts.append(tables.leakNote)
        }
        parts += results.notes + results.choices
        parts.append(tables.summary)
        return "\n" + parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
