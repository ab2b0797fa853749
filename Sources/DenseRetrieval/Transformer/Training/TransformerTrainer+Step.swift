import NumericKernels

extension TransformerTrainer {
    /// One step of AdamW on the trained parameters, which returns the common norm of the gradients before clipping.
    ///
    /// The gradients become zero. Steps count from 1, which the number must be at least. A norm above the limit scales all gradients by limit / (norm + 10⁻⁶), as PyTorch does. Parameters that got no gradient
    /// since the last step stay.
    @discardableResult
    public mutating func step(_ number: Int, rate: Double, threads: Int) -> Double {
        let filled = trained.filter { gradients.isFilled[$0] }
        let norm = GradientNorm.of(filled.map { gradients.matrices[$0] }, threads: threads)
        if options.clipping > 0, norm + 1e-6 > options.clipping {
            gradients.scale(by: Float(options.clipping / (norm + 1e-6)), threads: threads)
        }
        let decaying = AdamStep(number: number, rate: rate, decay: options.weightDecay)
        let plain = AdamStep(number: number, rate: rate)
        operands = []
        for index in filled {
            DenseAdam.step(
                parameters.places[index].isDecayed ? decaying : plain, gradient: gradients.matrices[index],
                weights: &parameters.matrices[index], firstMoment: &firstMoments[index],
                secondMoment: &secondMoments[index], threads: threads)
        }
        gradients.clear()
        refreshOperands(threads: threads)
        return norm
    }

    /// The gradient of a tensor by its name within the family, query, key and value apart; nil where it is not trained.
    func gradient(named name: String) -> Matrix? {
        let names = TransformerTensorNames(family: config.family)
        for place in parameters.places {
            guard let gradient = gradients[place] else { continue }
            if let part = names.parts(of: place, rows: gradient.rows, columns: gradient.columns).first(where: {
                $0.name == name
            }) {
                return part.cut(gradient)
            }
        }
        return nil
    }

    /// The names of all trained tensors.
    var trainedNames: [String] {
        let names = TransformerTensorNames(family: config.family)
        return trained.flatMap { index in
            let matrix = parameters.matrices[index]
            return names.parts(of: parameters.places[index], rows: matrix.rows, columns: matrix.columns).map(\.name)
        }
    }
}
