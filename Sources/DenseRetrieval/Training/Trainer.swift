import NumericKernels
import RetrievalData

/// Trains a dual-encoder on the pairs of a training set.
///
/// Same set, options, negatives and start give the same weights bit for bit, whatever the number of threads and the order of the input.
public struct Trainer: Sendable {
    private let set: TrainingSet
    private let options: TrainingOptions
    private let negatives: NegativePlan

    /// A trainer; throws where an option cannot work or a negative is not among the set's documents.
    public init(
        _ set: TrainingSet, options: TrainingOptions, negatives: NegativeSource = .inBatch
    ) throws(TrainingError) {
        try options.validate()
        if options.loss.needsTeacher, set.teacherScores.allSatisfy(\.isEmpty) {
            throw .noTeacherScores(loss: options.loss.rawValue)
        }
        self.set = set
        self.options = options
        self.negatives = try NegativePlan(negatives, set: set, seed: options.seed)
    }

    /// Trains from a start, which is left as it is.
    ///
    /// `progress` is called on the calling thread after each step and each choice of negatives; training stops with what it throws.
    public func train(
        _ start: DualEncoder, progress: (TrainingProgress) throws -> Void = { _ in }
    ) throws -> TrainedModel {
        let vocabulary = start.documentEncoder.tokenizer.vocabularySize
        guard vocabulary == set.documentBags.vocabularySize,
            start.queryEncoder.tokenizer.vocabularySize == vocabulary
        else { throw TrainingError.otherVocabulary(model: vocabulary, texts: set.documentBags.vocabularySize) }
        var state = TrainingState(start)
        var report = TrainingReport()
        var chosen = NegativePlan.Choice()
        var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
        let objective = options.objective
        let stepsPerEpoch = (set.pairs.count + options.batchSize - 1) / options.batchSize
        report.pairs = set.pairs.count
        var now = TrainingProgress(
            phase: .mining, epoch: 1, epochs: options.epochs, step: 0, totalSteps: stepsPerEpoch * options.epochs,
            loss: 0,
            pairsPerSecond: 0)
        let clock = ContinuousClock()
        let begin = clock.now
        for epoch in 0..<options.epochs {
            now.epoch = epoch + 1
            let epochBegin = clock.now
            if negatives.isDue(epoch) {
                now.phase = .mining
                try progress(now)
                chosen = negatives.choose(epoch: epoch, set: set, state: state, threads: options.threads)
                chosen.add(to: &report)
            }
            now.phase = .training
            let trainingBegin = clock.now
            report.miningSeconds += seconds(trainingBegin - epochBegin)
            var sum = 0.0
            for pairs in BatchPlanner.batches(set, batchSize: options.batchSize, epoch: epoch, seed: options.seed) {
                batch.fill(
                    pairs, set: set, negatives: chosen.negatives, positivesPerQuery: options.positivesPerQuery)
                let share = options.rateShare(at: now.step, of: now.totalSteps)
                now.loss = state.step(
                    batch, set: set, objective: objective, rate: options.learningRate * share,
                    weightRate: options.weightLearningRate * share,
                    temperatureRate: options.temperatureLearningRate * share, threads: options.threads)
                now.step += 1
                guard now.loss.isFinite else { throw TrainingError.diverged(step: now.step, loss: now.loss) }
                sum += Double(now.loss) * Double(pairs.count)
                now.pairsPerSecond =
                    Double(
                        epoch * set.pairs.count
                            + min(
                                (now.step - epoch * stepsPerEpoch) * options.batchSize, set.pairs.count))
                    / max(seconds(clock.now - begin), 1e-9)
                try progress(now)
            }
            report.epochLosses.append(sum / Double(set.pairs.count))
            report.trainingSeconds += seconds(clock.now - trainingBegin)
        }
        report.steps = now.step
        report.temperature = state.temperature?.value
        var model = start
        model.queryEncoder.table = state.queryTable
        model.documentEncoder.table = state.documentTable
        guard state.isFinite else { throw TrainingError.diverged(step: now.step, loss: now.loss) }
        return TrainedModel(model: model, report: report)
    }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}

extension TrainingState {
    /// Whether all weights are numbers.
    ///
    /// Complexity: linear in the tables.
    fileprivate var isFinite: Bool {
        [queryTable, documentTable].allSatisfy { table in
            (0..<table.rows).allSatisfy { row in
                table.withRow(row) { values in
                    let norm = VectorKernels.best.dot(values, values)
                    return norm.isFinite
                }
            }
        }
    }
}
