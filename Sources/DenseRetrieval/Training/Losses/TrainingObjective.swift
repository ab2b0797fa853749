/// What a step minimises: a loss with its parameters, in one direction or both.
struct TrainingObjective: Sendable, Hashable {
    var kind: LossKind = .infonce
    /// τ, or where it starts if it is learnt.
    var temperature: Double
    /// nil takes the loss's own.
    var margin: Double?
    /// λ of `LexicalResidual`; 0 leaves lexical scores out.
    var lexicalWeight = 0.0
    var selection: NegativeSelection = .hardest
    /// Whether the documents are scored against the queries too.
    var symmetric = false
    var teacherTemperature = 1.0
    /// Shorter lengths of the vectors whose losses count too; see `BatchScoring`.
    var prefixes: [Int] = []

    /// The loss at a temperature.
    func loss(temperature: Double) -> any RowLoss {
        let base = cosineLoss(temperature: temperature)
        return lexicalWeight > 0 ? LexicalResidual(base: base, weight: Float(lexicalWeight)) : base
    }

    private func cosineLoss(temperature: Double) -> any RowLoss {
        switch kind {
        case .infonce: InfoNCE(temperature: temperature)
        case .triplet: TripletLoss(margin: Float(margin ?? 0.2), selection: selection)
        case .contrastive: ContrastiveMargin(margin: Float(margin ?? 0.5), selection: selection)
        case .marginMSE: MarginMSE(temperature: temperature)
        case .kl: TeacherDivergence(temperature: temperature, teacherTemperature: teacherTemperature)
        }
    }
}

extension TrainingOptions {
    /// What a step minimises.
    var objective: TrainingObjective {
        TrainingObjective(
            kind: loss, temperature: temperature, margin: margin, lexicalWeight: lexicalWeight, selection: selection,
            symmetric: symmetric,
            teacherTemperature: teacherTemperature, prefixes: matryoshka)
    }
}
