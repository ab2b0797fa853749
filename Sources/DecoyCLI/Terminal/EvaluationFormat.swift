import ArgumentParser
import Decoy

/// The forms of an evaluation report.
enum EvaluationFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, markdown

    /// The report as text; `evaluations` are those it was made of, `coloured` says whether a table goes to a terminal.
    func render(_ report: EvaluationReport, evaluations: [Evaluation], coloured: Bool) throws -> String {
        let tables = EvaluationTables(report: report, evaluations: evaluations)
        return switch self {
        case .table: tables.text(coloured ? .coloured : .plain)
        case .markdown: tables.text(.markdown)
        case .json: try StableJSON.text(report)
        }
    }
}
