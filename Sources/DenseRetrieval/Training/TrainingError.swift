import RetrievalData

/// Why training cannot start or had to stop.
public enum TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// An option that cannot work.
    case option(name: String, value: String, expected: String)
    /// No query has a relevant document.
    case noPairs
    /// A document id that is not among the documents.
    case unknownDocument(id: DocumentID, query: QueryID?, place: String)
    /// Two documents or two queries with the same id.
    case duplicateID(id: String, kind: String)
    /// The model's tokenizer is not the one the texts were cut with.
    case otherVocabulary(model: Int, texts: Int)
    /// Texts that were cut for an encoder of another kind, with other tokens or for longer sequences.
    case otherEncoder
    /// A loss that learns from a teacher's scores, and a set without any.
    case noTeacherScores(loss: String)
    /// The weights or the loss are no longer numbers, or the loss has run away.
    case diverged(Divergence)

    /// A checkpoint that belongs to another training.
    case otherTraining(path: String, differences: [String])
    /// Checkpoints of an earlier training that would be lost.
    case checkpointsExist(path: String)
    /// Training was asked to stop, and wrote a checkpoint.
    case interrupted(step: Int, path: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .option(let name, let value, let expected): "\(name): \(value) cannot be used; expected \(expected)"
        case .noPairs:
            "no query has a relevant document, so there is nothing to train on; check the split and the ids of the qrels"
        case .unknownDocument(let id, let query, let place):
            "\(place): document \(id)\(query.map { " of query \($0)" } ?? "") is not among the documents; add it or leave it out"
        case .duplicateID(let id, let kind): "two \(kind) have the id \(id); ids must be unique"
        case .otherVocabulary(let model, let texts):
            "the model knows \(model) tokens and the texts were cut into \(texts); use one tokenizer for both"
        case .otherEncoder:
            "the texts were cut for another encoder than the one that training starts from; make the training set with that model"
        case .noTeacherScores(let loss):
            "the loss \(loss) learns from a teacher's scores and there are none; mine negatives with --output-scores and train with that file"
        case .diverged(let divergence): divergence.description
        case .otherTraining(let path, let differences):
            "\(path): the checkpoint is of another training; different: \(differences.joined(separator: ", ")); "
                + "resume with the same data, options and program, or remove the folder and start again"
        case .checkpointsExist(let path):
            "\(path): has checkpoints of a training that was not finished; resume it, or remove the folder to start again"
        case .interrupted(let step, let path): "interrupted at step \(step); the checkpoint is in \(path)"
        }
    }
}
