import Foundation
import RetrievalEvaluation

/// The measures as their definitions read, without care for speed.
enum NaiveMeasure {
    static func value(_ measure: Measure, _ grades: [Int], _ judged: [Int]) -> Double {
        let level = measure.minimumGrade
        let top = Array(grades.prefix(measure.cutoff ?? .max))
        let relevant = Double(judged.filter { $0 >= level }.count)
        let hits = top.indices.filter { top[$0] >= level }
        switch measure.name {
        case "nDCG":
            func gain(_ grades: [Int]) -> Double {
                grades.indices.map { Double(max(grades[$0], 0)) / (log(Double($0 + 2)) / log(2)) }.reduce(0, +)
            }
            let ideal = gain(Array(judged.sorted().reversed().prefix(measure.cutoff ?? .max)))
            return ideal == 0 ? 0 : gain(top) / ideal
        case "RR": return hits.first.map { 1 / Double($0 + 1) } ?? 0
        case "AP":
            if relevant == 0 { return 0 }
            return hits.map { hit in Double(hits.filter { $0 <= hit }.count) / Double(hit + 1) }.reduce(0, +) / relevant
        case "P": return Double(hits.count) / Double(measure.cutoff ?? 0)
        case "R": return relevant == 0 ? 0 : Double(hits.count) / relevant
        case "Success": return hits.isEmpty ? 0 : 1
        case "Judged":
            return top.isEmpty ? 0 : Double(top.filter { $0 != GradedRanking.unjudged }.count) / Double(top.count)
        default: return .nan
        }
    }
}
