import NumericKernels

/// What a forward pass leaves for the backward pass.
struct KeptPass: Sendable {
    /// The sequences of the last forward pass; nil before it.
    var sequences: PackedSequences?
    var dropoutSeed: UInt64 = 0
    var embeddingSum = Matrix(rows: 0, columns: 0)
    var embeddingStatistics = LayerNormalization.Statistics()
    /// The input of each layer, and what else the layers keep; those of frozen layers stay empty.
    var inputs: [Matrix] = []
    var layers: [LayerActivations] = []
    /// The last layer's rows.
    var rows = Matrix(rows: 0, columns: 0)
}

extension TransformerTrainer {
    /// The pooled rows of sequences, not scaled to length 1; what `backpropagate` needs is kept until the next call.
    ///
    /// Dropout's masks depend on its seed and on the places within these sequences. Sequences as `TransformerEncoder.sequences` makes them.
    mutating func forward(_ sequences: [[Int32]], dropoutSeed: UInt64, threads: Int) -> Matrix {
        var (kept, memory) = (KeptPass(), PassMemory())
        swap(&kept, &self.kept)
        swap(&memory, &self.memory)
        defer {
            swap(&kept, &self.kept)
            swap(&memory, &self.memory)
        }
        return run(PackedSequences(sequences), dropoutSeed, threads, isKeeping: true, &kept, &memory)
    }

    /// The same rows to the bit, and nothing kept; what the last `forward` kept stays.
    mutating func pooled(_ sequences: [[Int32]], dropoutSeed: UInt64, threads: Int) -> Matrix {
        var (kept, memory) = (KeptPass(), PassMemory())
        swap(&memory, &self.memory)
        defer { swap(&memory, &self.memory) }
        return run(PackedSequences(sequences), dropoutSeed, threads, isKeeping: false, &kept, &memory)
    }

    /// Adds the gradients of all trained parameters, from those of the rows that the last `forward` gave.
    ///
    /// Complexity: about twice that of `forward`, three times with `recomputes`.
    mutating func backpropagate(_ gradient: Matrix, threads: Int) {
        guard let sequences = kept.sequences else { preconditionFailure("there was no forward pass") }
        var (kept, memory) = (KeptPass(), PassMemory())
        swap(&kept, &self.kept)
        swap(&memory, &self.memory)
        defer {
            swap(&kept, &self.kept)
            swap(&memory, &self.memory)
        }
        let shared = passes(sequences, kept.dropoutSeed, threads)
        SequencePooling.backpropagate(
            gradient, rows: kept.rows, sequences: sequences, modes: shell.pooling.modes, into: &memory.gradient,
            threads: threads)
        for layer in stride(from: config.layers - 1, through: lowestLayer, by: -1) {
            let pass = shared(layer)
            let needsInput = layer > lowestLayer || trainsEmbeddings
            if options.recomputes {
                var activations = LayerActivations()
                swap(&activations, &memory.activations)
                pass.forward(
                    kept.inputs[layer], keeping: &activations, activated: &memory.activated, into: &memory.next)
                pass.backward(
                    layer, input: kept.inputs[layer], kept: activations, adapters: adapters(of: layer),
                    memory: &memory, gradients: &gradients, needsInput: needsInput)
                swap(&activations, &memory.activations)
            } else {
                pass.backward(
                    layer, input: kept.inputs[layer], kept: kept.layers[layer], adapters: adapters(of: layer),
                    memory: &memory, gradients: &gradients, needsInput: needsInput)
            }
        }
        if trainsEmbeddings { backpropagateEmbeddings(sequences, kept, &memory, threads) }
    }

    /// Adds the gradients of the embeddings from those of the first layer's input.
    private mutating func backpropagateEmbeddings(
        _ sequences: PackedSequences, _ kept: KeptPass, _ memory: inout PassMemory, _ threads: Int
    ) {
        LayerDropouts.embeddings(rate: options.dropout, seed: kept.dropoutSeed)?.apply(
            &memory.gradient, threads: threads)
        var scale = [Float](repeating: 0, count: config.dimension)
        var (shift, type) = (scale, scale)
        LayerNormalization.backpropagate(
            input: kept.embeddingSum, statistics: kept.embeddingStatistics, weight: parameters.vector(.embeddingScale),
            gradient: &memory.gradient, weightGradient: &scale, biasGradient: &shift, threads: threads)
        gradients.add(scale, to: .embeddingScale)
        gradients.add(shift, to: .embeddingShift)
        ColumnSums.add(memory.gradient, to: &type, threads: threads)
        gradients.addRow(type, to: .tokenTypes, threads: threads)
        gradients.addToZeros(.tokens, threads: threads) {
            EmbeddingGradient.addTokens(memory.gradient, sequences: sequences, to: &$0, threads: threads)
        }
        let firstPosition = config.firstPosition
        gradients.addToZeros(.positions, threads: threads) {
            EmbeddingGradient.addPositions(
                memory.gradient, sequences: sequences, firstPosition: firstPosition, to: &$0, threads: threads)
        }
    }

    /// What all layers of a pass have in common, to be completed by the layer.
    private func passes(
        _ sequences: PackedSequences, _ dropoutSeed: UInt64, _ threads: Int
    ) -> (_ layer: Int) -> LayerPass {
        let layout = AttentionLayout(
            heads: config.heads, width: config.dimension / config.heads, sequences: sequences)
        let longest = (0..<sequences.count).map { sequences.range($0).count }.max() ?? 0
        let bias =
            config.distanceClasses > 0 ? DistanceClasses.table(parameters[.distances], reach: max(0, longest - 1)) : nil
        return { [config, operands, options] layer in
            LayerPass(
                config: config, operands: operands[layer], layout: layout, relativeBias: bias,
                dropouts: LayerDropouts(rate: options.dropout, seed: dropoutSeed, layer: layer),
                precision: options.precision, threads: threads)
        }
    }

    private func run(
        _ sequences: PackedSequences, _ dropoutSeed: UInt64, _ threads: Int, isKeeping: Bool, _ kept: inout KeptPass,
        _ memory: inout PassMemory
    ) -> Matrix {
        let shared = passes(sequences, dropoutSeed, threads)
        kept.embeddingSum = EmbeddingSum.apply(
            sequences, tokens: parameters[.tokens], positions: parameters[.positions],
            firstPosition: config.firstPosition,
            common: config.tokenTypes > 0
                ? parameters[.tokenTypes].row(0) : [Float](repeating: 0, count: config.dimension),
            threads: threads)
        LayerNormalization.apply(
            kept.embeddingSum, weight: parameters.vector(.embeddingScale), bias: parameters.vector(.embeddingShift),
            epsilon: config.epsilon, into: &memory.rows, statistics: &kept.embeddingStatistics, threads: threads)
        LayerDropouts.embeddings(rate: options.dropout, seed: dropoutSeed)?.apply(&memory.rows, threads: threads)
        if isKeeping, kept.layers.isEmpty {
            kept.inputs = (0..<config.layers).map { _ in Matrix(rows: 0, columns: 0) }
            kept.layers = (0..<config.layers).map { _ in LayerActivations() }
        }
        for layer in 0..<config.layers {
            let pass = shared(layer)
            let isTrained = isKeeping && layer >= lowestLayer
            if isTrained, !options.recomputes {
                pass.forward(
                    memory.rows, keeping: &kept.layers[layer], activated: &memory.activated, into: &memory.next)
            } else {
                pass.forward(
                    memory.rows, keeping: &memory.activations, activated: &memory.activated, into: &memory.next)
            }
            // The buffers change places, so that each is used again by the next layer or pass.
            if isTrained { swap(&kept.inputs[layer], &memory.rows) }
            swap(&memory.rows, &memory.next)
        }
        let pooled = SequencePooling.apply(
            memory.rows, sequences: sequences, modes: shell.pooling.modes, threads: threads)
        if isKeeping {
            swap(&kept.rows, &memory.rows)
            kept.sequences = sequences
            kept.dropoutSeed = dropoutSeed
        }
        return pooled
    }
}
