import NumericKernels
import RetrievalData

/// Trains a dual-encoder on the pairs of a training set.
///
/// Same set, options, negatives and start give the same weights bit for bit, whatever the number of threads and the order of the input, and
/// however often training was killed and went on from a checkpoint.
public struct Trainer: Sendable {
    private let set: TrainingSet
    private let options: TrainingOptions
    private let negatives: NegativePlan
    private let guide: Guide?

    /// A trainer; throws where an option cannot work, a negative is not among the set's documents, or a guide was made for another set.
    public init(
        _ set: TrainingSet, options: TrainingOptions, negatives: NegativeSource = .inBatch, guide: Guide? = nil
    ) throws(TrainingError) {
        try options.validate()
        if options.needsScores, set.teacherScores.allSatisfy(\.isEmpty) {
            throw .noTeacherScores(
                loss: options.loss.needsTeacher
                    ? options.loss.rawValue : "\(options.loss.rawValue) with a lexical weight")
        }
        if let guide {
            guard guide.fits(set) else {
                throw .option(
                    name: "guide", value: "one of another training set", expected: "one that was made for this")
            }
            guard !options.loss.needsTeacher else {
                throw .option(
                    name: "guide", value: "beside the loss \(options.loss.rawValue)",
                    expected: "the loss infonce, triplet or contrastive")
            }
        }
        self.guide = guide
        self.set = set
        self.options = options
        self.negatives = try NegativePlan(negatives, set: set, seed: options.seed, epochs: options.epochs)
    }

    /// Trains from a start, which is left as it is, or goes on from a checkpoint of the same training.
    ///
    /// `progress` is called on the calling thread after each step and each choice of negatives; training stops with what it throws.
    public func train(
        _ start: DualEncoder, checkpoints: TrainingCheckpoints? = nil, dev: DevEvaluation? = nil,
        progress: (TrainingProgress) throws -> Void = { _ in }
    ) throws -> TrainedModel {
        guard set.documentTokens.fit(start.documentEncoder), set.queryTokens.fit(start.queryEncoder) else {
            guard case .bags(let bags) = set.documentTokens, case .table(let table) = start.documentEncoder else {
                throw TrainingError.otherEncoder
            }
            throw TrainingError.otherVocabulary(model: table.tokenizer.vocabularySize, texts: bags.vocabularySize)
        }
        var position = try TrainingPosition(start, set: set, options: options)
        let identity = checkpoints.map { _ in
            TrainingIdentity(set: set, negatives: negatives, start: start, dev: dev, guide: guide)
        }
        if let checkpoints, let identity, checkpoints.resumes {
            position =
                try checkpoints.lastGood(position, set: set, identity: identity, options: options) ?? position
        }
        var now = TrainingProgress(
            phase: .mining, epoch: 1, epochs: options.epochs, step: position.state.steps,
            totalSteps: options.steps(pairs: set.pairs.count), loss: 0, pairsPerSecond: 0)
        var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
        var batches: [[TrainingSet.Pair]] = []
        let objective = options.objective
        let each = options.accumulation
        let stepsPerEpoch = options.stepsPerEpoch(pairs: set.pairs.count)
        let clock = ContinuousClock()
        let begin = clock.now
        var pairsSeen = 0
        now.dev = position.report.evaluations.last
        while now.step < now.totalSteps, dev?.isExhausted(position.report) != true {
            let (epoch, place) = now.step.quotientAndRemainder(dividingBy: stepsPerEpoch)
            now.epoch = epoch + 1
            let stepBegin = clock.now
            if negatives.isDue(step: now.step, stepsPerEpoch: stepsPerEpoch) {
                now.phase = .mining
                try progress(now)
                position.chosen = negatives.choose(
                    epoch: epoch, set: set, model: position.state.model(threads: options.threads),
                    threads: options.threads)
                position.chosen.add(to: &position.report)
            }
            now.phase = .training
            let trainingBegin = clock.now
            position.report.miningSeconds += (trainingBegin - stepBegin).inSeconds
            if place == 0 || batches.isEmpty {
                batches = BatchPlanner.batches(set, batchSize: options.batchSize, epoch: epoch, seed: options.seed)
            }
            let parts = batches[(place * each)..<min((place + 1) * each, batches.count)]
            let pairs = parts.reduce(0) { $0 + $1.count }
            now.loss = 0
            var equalScores = 0.0
            for part in parts {
                batch.fill(
                    part, set: set, negatives: position.chosen.negatives, positivesPerQuery: options.positivesPerQuery)
                if let guide {
                    let counts = guide.mask(
                        &batch, negatives: position.chosen.negatives, margins: options.guideMargins,
                        threads: options.threads)
                    position.report.guide = (position.report.guide ?? GuideCounts()) + counts
                }
                let share = Float(part.count) / Float(pairs)
                let loss = position.state.accumulate(
                    batch, share: share, set: set, objective: objective,
                    learnsTemperature: options.temperatureLearningRate > 0, threads: options.threads)
                now.loss += share * loss
                if position.watch.needsBar { equalScores += Double(share) * objective.lossOfEqualScores(batch) }
            }
            position.state.step(options.rates(at: now.step, of: now.totalSteps), threads: options.threads)
            now.step += 1
            position.watch.take(now.loss, equalScores: equalScores)
            guard now.loss.isFinite, !position.state.overflows, !position.watch.isRunaway else {
                throw divergence(position, now, checkpoints)
            }
            position.lossSum += Double(now.loss) * Double(pairs)
            position.report.steps = now.step
            position.report.trainingSeconds += (clock.now - trainingBegin).inSeconds
            if place + 1 == stepsPerEpoch {
                position.report.epochLosses.append(position.lossSum / Double(set.pairs.count))
                position.lossSum = 0
            }
            if let dev, dev.isDue(now, endsEpoch: place + 1 == stepsPerEpoch) {
                now.phase = .evaluating
                try evaluate(&position, dev, now: &now, checkpoints)
                now.phase = .training
            }
            pairsSeen += pairs
            now.pairsPerSecond = Double(pairsSeen) / max((clock.now - begin).inSeconds, 1e-9)
            try progress(now)
            if let checkpoints, let identity {
                try write(position, to: checkpoints, identity: identity, last: now)
            }
        }
        guard position.state.towers.isFinite else { throw divergence(position, now, checkpoints) }
        position.report.temperature = position.state.temperature?.value
        let towers = position.state.towers
        let weights = position.best.isEmpty ? towers.weights(threads: options.threads) : position.best
        var trained = TrainedModel(model: towers.model(weights), report: position.report)
        trained.adapters = towers.adapters(weights)
        return trained
    }

    private func divergence(
        _ position: TrainingPosition, _ now: TrainingProgress, _ checkpoints: TrainingCheckpoints?
    ) -> TrainingError {
        let cause: Divergence.Cause =
            if let bar = position.watch.bar, position.watch.isRunaway {
                .runaway(bar: bar, steps: position.watch.above)
            } else { .notANumber }
        let rate = options.learningRate * options.rateShare(at: now.step - 1, of: now.totalSteps)
        return .diverged(
            Divergence(
                cause: cause, step: now.step, loss: now.loss, learningRate: rate, checkpoint: checkpoints?.lastPath))
    }

    private func evaluate(
        _ position: inout TrainingPosition, _ dev: DevEvaluation, now: inout TrainingProgress,
        _ checkpoints: TrainingCheckpoints?
    ) throws {
        let towers = position.state.towers
        guard towers.isFinite else { throw divergence(position, now, checkpoints) }
        let weights = towers.weights(threads: options.threads)
        let figure = DevFigure(step: now.step, value: try dev.measure(towers.model(weights)))
        position.report.evaluations.append(figure)
        if dev.keepsBest, position.report.bestEvaluation == position.report.evaluations.count - 1 {
            position.best = weights
        }
        now.dev = figure
    }

    /// Writes a checkpoint where one is due; throws `TrainingError.interrupted` where training must stop.
    private func write(
        _ position: TrainingPosition, to checkpoints: TrainingCheckpoints, identity: TrainingIdentity,
        last: TrainingProgress
    ) throws {
        let isInterrupted = checkpoints.isInterrupted()
        let isDue = checkpoints.every > 0 && last.step.isMultiple(of: checkpoints.every)
        // Weights that run away or are no numbers must never take the place of a good checkpoint.
        guard isInterrupted || isDue && position.watch.above == 0 else { return }
        guard position.state.towers.isFinite else { throw divergence(position, last, checkpoints) }
        try checkpoints.write(position, identity: identity, options: options)
        if isInterrupted { throw TrainingError.interrupted(step: last.step, path: checkpoints.path) }
    }
}

extension Duration {
    /// The length in seconds.
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
