import ArgumentParser
import Decoy

/// The forms of an evaluation report.
enum EvaluationFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, markdown, latex, csv, html, mteb

    /// The report as text; `evaluations` are those it was made of, `coloured` says whether a table goes to a terminal.
    func render(_ report: EvaluationReport, evaluations: [Evaluation], coloured: Bool) throws -> String {
        let measures = evaluations.first?.measures ?? []
        let tables = EvaluationTables(report: report, evaluations: evaluations)
        return switch self {
        case .table: tables.text(coloured ? .coloured : .plain)
        case .markdown: tables.text(.markdown)
        case .json: try StableJSON.text(report)
        case .latex: LaTeXReport.text(report, measures: measures)
        case .csv: CSVReport.text(report, measures: measures)
        case .html: HTMLReport.text(report, measures: measures)
        case .mteb: try mteb(report, measures)
        }
    }

    /// MTEB's form tells of one system; the task and the split are named after `TASK/qrels/SPLIT.tsv`.
    private func mteb(_ report: EvaluationReport, _ measures: [Measure]) throws -> String {
        guard let run = report.runs.first, report.runs.count == 1 else {
            throw UsageProblem("--output-format mteb tells of one run, and there are \(report.runs.count); give one")
        }
        let parts = report.qrels.split(separator: "/").map(String.init)
        let split = parts.last.map { String($0.prefix { $0 != "." }) } ?? "test"
        let place = parts.count - (parts.dropLast().last == "qrels" ? 3 : 2)
        let task = parts.indices.contains(place) ? parts[place] : run.name
        return try MTEBReport.text(report, run: run.name, measures: measures, task: task, split: split) ?? ""
    }
}
