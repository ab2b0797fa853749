extension TrainingOptions: Codable {
    /// The names of the options in a JSON configuration.
    public enum CodingKeys: String, CodingKey, CaseIterable, Sendable {
        /// What is minimised.
        case loss
        /// The temperature of the softmax.
        case temperature
        /// How often each pair is seen.
        case epochs
        /// Pairs in a step.
        case batchSize
        /// The learning rate.
        case learningRate
        /// The learning rate of the token weights.
        case weightLearningRate
        /// The share of steps with a rising rate.
        case warmup
        /// How the rate goes on after warm-up.
        case decay
        /// Mined negatives beside each query.
        case negativesPerQuery
        /// Which of a query's negatives an epoch takes.
        case negativeOrder
        /// Epochs between two rankings by the model.
        case refreshEvery
        /// Steps between two rankings by the model.
        case refreshSteps
        /// The margin below the positive's cosine.
        case relativeMargin
        /// Candidates for each query.
        case candidateDepth
        /// The length of the vectors.
        case dimension
        /// Whether queries and documents share a table.
        case towers
        /// Whether starting rows are scaled by idf.
        case idfScaledStart
        /// What all random choices are drawn from.
        case seed
        /// Threads to work on.
        case threads
        /// The margin of a loss that has one.
        case margin
        /// What lexical scores weigh beside the cosines.
        case lexicalWeight
        /// Which negatives a loss with a margin takes.
        case selection
        /// The margin of a guide.
        case guideMargin
        /// The margin of a guide as a share.
        case guideRelativeMargin
        /// Whether both directions are scored.
        case symmetric
        /// Positives of a query in a step.
        case positivesPerQuery
        /// Adam's learning rate of the temperature.
        case temperatureLearningRate
        /// The temperature of a teacher's scores.
        case teacherTemperature
        /// What turns gradients into steps.
        case optimizer
        /// The decay of the weights.
        case weightDecay
        /// Shorter lengths that vectors can be cut to.
        case matryoshka
        /// Batches of a step.
        case accumulation
        /// Texts whose activations are kept at once.
        case gradientCache
        /// What is particular to a transformer.
        case transformer
    }

    /// Reads options; a missing one has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, _ target: inout Value) throws {
            if let value = try values.decodeIfPresent(Value.self, forKey: key) { target = value }
        }
        try read(.loss, &loss)
        try read(.temperature, &temperature)
        try read(.epochs, &epochs)
        try read(.batchSize, &batchSize)
        try read(.learningRate, &learningRate)
        try read(.weightLearningRate, &weightLearningRate)
        try read(.warmup, &warmup)
        try read(.decay, &decay)
        try read(.negativesPerQuery, &negativesPerQuery)
        try read(.negativeOrder, &negativeOrder)
        try read(.refreshEvery, &refreshEvery)
        try read(.refreshSteps, &refreshSteps)
        try read(.relativeMargin, &relativeMargin)
        try read(.candidateDepth, &candidateDepth)
        try read(.dimension, &dimension)
        try read(.towers, &towers)
        try read(.idfScaledStart, &idfScaledStart)
        try read(.seed, &seed)
        try read(.threads, &threads)
        margin = try values.decodeIfPresent(Double.self, forKey: .margin)
        try read(.lexicalWeight, &lexicalWeight)
        try read(.selection, &selection)
        try read(.guideMargin, &guideMargin)
        try read(.guideRelativeMargin, &guideRelativeMargin)
        try read(.symmetric, &symmetric)
        try read(.positivesPerQuery, &positivesPerQuery)
        try read(.temperatureLearningRate, &temperatureLearningRate)
        try read(.teacherTemperature, &teacherTemperature)
        try read(.optimizer, &optimizer)
        try read(.matryoshka, &matryoshka)
        try read(.accumulation, &accumulation)
        try read(.gradientCache, &gradientCache)
        try read(.transformer, &transformer)
        weightDecay = try values.decodeIfPresent(Double.self, forKey: .weightDecay)
    }

    /// Writes the options that decide the result: all but the number of threads.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(loss, forKey: .loss)
        try values.encode(temperature, forKey: .temperature)
        try values.encode(epochs, forKey: .epochs)
        try values.encode(batchSize, forKey: .batchSize)
        try values.encode(learningRate, forKey: .learningRate)
        try values.encode(weightLearningRate, forKey: .weightLearningRate)
        try values.encode(warmup, forKey: .warmup)
        try values.encode(decay, forKey: .decay)
        try values.encode(negativesPerQuery, forKey: .negativesPerQuery)
        try values.encode(negativeOrder, forKey: .negativeOrder)
        try values.encode(refreshEvery, forKey: .refreshEvery)
        try values.encode(refreshSteps, forKey: .refreshSteps)
        try values.encode(relativeMargin, forKey: .relativeMargin)
        try values.encode(candidateDepth, forKey: .candidateDepth)
        try values.encode(dimension, forKey: .dimension)
        try values.encode(towers, forKey: .towers)
        try values.encode(idfScaledStart, forKey: .idfScaledStart)
        try values.encode(seed, forKey: .seed)
        try values.encodeIfPresent(margin, forKey: .margin)
        try values.encode(lexicalWeight, forKey: .lexicalWeight)
        try values.encode(selection, forKey: .selection)
        try values.encode(guideMargin, forKey: .guideMargin)
        try values.encode(guideRelativeMargin, forKey: .guideRelativeMargin)
        try values.encode(symmetric, forKey: .symmetric)
        try values.encode(positivesPerQuery, forKey: .positivesPerQuery)
        try values.encode(temperatureLearningRate, forKey: .temperatureLearningRate)
        try values.encode(teacherTemperature, forKey: .teacherTemperature)
        try values.encode(matryoshka, forKey: .matryoshka)
        try values.encode(optimizer, forKey: .optimizer)
        try values.encode(accumulation, forKey: .accumulation)
        try values.encode(gradientCache, forKey: .gradientCache)
        try values.encode(transformer, forKey: .transformer)
        try values.encodeIfPresent(weightDecay, forKey: .weightDecay)
    }
}
