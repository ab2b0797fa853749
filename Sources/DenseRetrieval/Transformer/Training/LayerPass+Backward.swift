import NumericKernels

extension LayerPass {
    /// The adapters of a layer, where LoRA trains them.
    struct Adapters: Sendable {
        let scale: Float
        let factors: [ParameterPlace.AdaptedPart: (a: Matrix, b: Matrix)]
    }

    /// Turns `memory.gradient` from the gradient of the layer's rows into that of its input, and adds those of its parameters.
    ///
    /// Where nothing below is trained, `needsInput` is false and the gradient is left unspecified.
    func backward(
        _ layer: Int, input: Matrix, kept: LayerActivations, adapters: Adapters?, memory: inout PassMemory,
        gradients: inout TransformerGradients, needsInput: Bool
    ) {
        func normalization(
            _ part: ParameterPlace.LayerPart, _ rows: Matrix, _ statistics: LayerNormalization.Statistics,
            _ weights: NormalizationWeights
        ) {
            var scale = [Float](repeating: 0, count: rows.columns)
            var shift = scale
            LayerNormalization.backpropagate(
                input: rows, statistics: statistics, weight: weights.weight, gradient: &memory.gradient,
                weightGradient: &scale, biasGradient: &shift, threads: threads)
            gradients.add(scale, to: .layer(layer, part))
            gradients.add(shift, to: .layer(layer, part.next))
        }
        /// The gradient of a sublayer's output: that of the sum, behind dropout.
        func branch(_ dropout: Dropout?) -> Matrix {
            guard let dropout else { return memory.gradient }
            memory.branch.copy(memory.gradient, threads: threads)
            dropout.apply(&memory.branch, threads: threads)
            return memory.branch
        }
        func parameters(
            _ part: ParameterPlace.LayerPart, _ rows: Matrix, _ gradient: Matrix, _ operand: ProductOperand
        ) {
            addParameters(layer, part, rows: rows, gradient: gradient, operand: operand, adapters, &gradients)
        }

        normalization(.outputScale, kept.outputSum, kept.outputStatistics, operands.outputNormalization)
        do {
            let outer = branch(dropouts.output)
            let operand = operand(outer)
            GELU.apply(kept.inner, form: config.activation, into: &memory.activated, threads: threads)
            parameters(.output, memory.activated, outer, operand)
            LinearProduct.inputGradient(operand.with(operands.output.weight), into: &memory.inner, threads: threads)
        }
        GELU.backpropagate(
            input: kept.inner, gradient: &memory.inner, form: config.activation, threads: threads)
        do {
            let operand = operand(memory.inner)
            parameters(.inner, kept.attentionRows, memory.inner, operand)
            LinearProduct.inputGradient(
                operand.with(operands.inner.weight), into: &memory.gradient, accumulate: true, threads: threads)
        }
        normalization(.attentionScale, kept.attentionSum, kept.attentionStatistics, operands.attentionNormalization)
        do {
            let outer = branch(dropouts.attention)
            let operand = operand(outer)
            parameters(.attentionOutput, kept.context, outer, operand)
            LinearProduct.inputGradient(
                operand.with(operands.attentionOutput.weight), into: &memory.context, threads: threads)
        }
        Attention.backpropagate(
            kept.packed, layout: layout, relativeBias: relativeBias, gradient: memory.context, into: &memory.packed,
            dropout: dropouts.probabilities, threads: threads)
        addDistances(kept, memory.context, &gradients)
        do {
            let operand = operand(memory.packed)
            parameters(.attentionInputs, input, memory.packed, operand)
            guard needsInput else { return }
            LinearProduct.inputGradient(
                operand.with(operands.attentionInputs.weight), into: &memory.gradient, accumulate: true,
                threads: threads)
        }
    }

    /// Adds the gradients of a linear layer from its inputs and the gradient of its outputs: those of weight and bias, or of its adapters.
    private func addParameters(
        _ layer: Int, _ part: ParameterPlace.LayerPart, rows: Matrix, gradient: Matrix, operand: ProductOperand,
        _ adapters: Adapters?, _ gradients: inout TransformerGradients
    ) {
        if let adapters {
            for adapted in ParameterPlace.AdaptedPart.of(part) {
                guard let (a, b) = adapters.factors[adapted] else { continue }
                let columns = adapted.rows(config.dimension, of: gradient.columns)
                let found = LowRankAdapter.gradients(
                    inputs: rows, gradient: gradient.window(rows: 0..<gradient.rows, columns: columns), a: a, b: b,
                    scale: adapters.scale, threads: threads)
                gradients.add(found.a, to: .adapter(layer, adapted, .a))
                gradients.add(found.b, to: .adapter(layer, adapted, .b))
            }
            return
        }
        let factors = operand.with(self.operand(rows))
        gradients.add(to: .layer(layer, part)) { weight, isFirst in
            LinearProduct.weightGradient(factors, into: &weight, accumulate: !isFirst, threads: threads)
        }
        var sums = [Float](repeating: 0, count: gradient.columns)
        ColumnSums.add(gradient, to: &sums, threads: threads)
        gradients.add(sums, to: .layer(layer, part.next))
    }

    /// Adds the gradient of MPNet's bias of attention.
    private func addDistances(
        _ kept: LayerActivations, _ gradient: Matrix, _ gradients: inout TransformerGradients
    ) {
        guard let relativeBias, gradients.trains(.distances) else { return }
        let table = Attention.biasGradient(
            kept.packed, layout: layout, relativeBias: relativeBias, gradient: gradient,
            dropout: dropouts.probabilities, threads: threads)
        gradients.addToZeros(.distances, threads: threads) { DistanceClasses.addGradient(of: table, to: &$0) }
    }
}

extension DistanceClasses {
    /// Adds the gradient of a table of distances, as `table` makes it, to that of the classes' weights.
    fileprivate static func addGradient(of table: Matrix, to weights: inout Matrix) {
        let reach = (table.columns - 1) / 2
        for distance in -reach...reach {
            let row = of(distance, classes: weights.rows)
            for head in 0..<weights.columns { weights[row, head] += table[head, distance + reach] }
        }
    }
}
