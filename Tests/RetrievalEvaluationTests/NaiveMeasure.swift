import Foundation
@testable import RetrievalEvaluation

/// The measures as their definitions read, without care for speed.
enum NaiveMeasure {
    static func value(_ measure: Measure, _ grades: [Int], _ judged: [Int]) -> Double {
        let level = measure.minimumGrade
        let grades = measure.parameters.judgedOnly ? grades.filter { $0 >= 0 } : grades
        let top = Array(grades.prefix(measure.cutoff ?? .max))
        let relevant = Double(judged.filter { $0 >= level }.count)
        let hits = top.indices.filter { top[$0] >= level }
        switch measure.name {
        case "nDCG":
            let exponential = measure.parameters.gain == .exponential
            func gain(_ grades: [Int]) -> Double {
                let gains = grades.map { max($0, 0) }.map { exponential ? pow(2, Double($0)) - 1 : Double($0) }
                return gains.indices.map { gains[$0] / (log(Double($0 + 2)) / log(2)) }.reduce(0, +)
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
        case "RBP":
            let p = measure.parameters.persistence
            return hits.map { (1 - p) * pow(p, Double($0)) }.reduce(0, +)
        case "ERR":
            let satisfied = top.map { (pow(2, Double(max($0, 0))) - 1) / 16 }
            return top.indices.map { rank in
                satisfied[..<rank].map { 1 - $0 }.reduce(1, *) * satisfied[rank] / Double(rank + 1)
            }.reduce(0, +)
        case "Accuracy":
            let others = top.indices.filter { top[$0] < level }
            let right = hits.map { hit in others.filter { $0 > hit }.count }.reduce(0, +)
            return hits.isEmpty ? 0 : others.isEmpty ? 1 : Double(right) / Double(hits.count * others.count)
        case "IPrec":
            let needed = Int((measure.recall ?? 0) * relevant + 0.9)
            return top.indices.map { $0 + 1 }.filter { rank in hits.filter { $0 < rank }.count >= needed }
                .map { rank in Double(hits.filter { $0 < rank }.count) / Double(rank) }.max() ?? 0
        default: return .nan
        }
    }
}
