import DurableStorage
import NumericKernels

/// What a training runs on, as checksums: a checkpoint goes on only where all are the same.
///
/// Not fit against forgery.
struct TrainingIdentity: Sendable, Hashable, Codable {
    /// The CRC-32C of ids and tokens of documents and queries.
    var texts: String
    /// The CRC-32C of the pairs and of each query's known positives with their grades and the teacher's scores.
    var pairs: String
    /// The CRC-32C of where negatives come from.
    var negatives: String
    /// The model that training starts from.
    var start: ModelIdentity
    /// How the model is measured on the way; empty where it is not.
    var evaluation: String
    /// The model that guides; nil without one.
    var guide: ModelIdentity?

    init(set: TrainingSet, negatives: NegativePlan, start: DualEncoder, dev: DevEvaluation?, guide: Guide?) {
        self.guide = guide?.model.identity()
        evaluation = dev?.identity ?? ""
        var texts = CRC32C()
        texts.update(strings: set.documentIDs)
        texts.update(strings: set.queryIDs)
        texts.update(set.documentTokens)
        texts.update(set.queryTokens)
        self.texts = FileRecord.hexadecimal(texts.value)
        var pairs = CRC32C()
        pairs.update(set.pairs.flatMap { [$0.query, $0.document] })
        pairs.update(lists: set.known)
        for grades in set.grades {
            pairs.update([Int64(grades.count)])
            pairs.update(grades)
        }
        for scores in set.teacherScores {
            pairs.update([Int64(scores.count)])
            for score in scores {
                pairs.update([score.document])
                pairs.update([score.score])
            }
        }
        self.pairs = FileRecord.hexadecimal(pairs.value)
        self.negatives = FileRecord.hexadecimal(negatives.checksum)
        self.start = start.identity()
    }

    /// What differs from another identity, in words; empty where nothing does.
    func differences(from other: TrainingIdentity) -> [String] {
        var found: [String] = []
        if texts != other.texts { found.append("the documents or queries") }
        if pairs != other.pairs { found.append("the training pairs") }
        if negatives != other.negatives { found.append("the negatives") }
        if start != other.start { found.append("the model it starts from") }
        if guide != other.guide { found.append("the guide") }
        if evaluation != other.evaluation { found.append("the evaluation (\(evaluation), now \(other.evaluation))") }
        return found
    }
}

extension CRC32C {
    /// Adds integers or floats as they stand in memory.
    mutating func update<Value: BitwiseCopyable>(_ values: [Value]) { values.withUnsafeBytes { update($0) } }

    /// Adds strings, each with an end mark.
    mutating func update(strings: [String]) {
        for string in strings {
            update(Array(string.utf8))
            update([0 as UInt8])
        }
    }

    /// Adds lists, each with its length.
    mutating func update(lists: [[Int32]]) {
        for list in lists {
            update([Int64(list.count)])
            update(list)
        }
    }
}
