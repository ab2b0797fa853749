import NumericKernels

extension TransformerEncoder {
    /// All weights in a fixed order, vectors as matrices of one row.
    var matrices: [Matrix] { TransformerParameters(model.weights, config: config).matrices }

    /// The encoder with all weights replaced by matrices of the same shapes in the same order.
    func replacing(_ matrices: [Matrix]) -> TransformerEncoder {
        var weights = model.weights
        var parameters = TransformerParameters(weights, config: config)
        precondition(
            zip(parameters.matrices, matrices).allSatisfy { $0.rows == $1.rows && $0.columns == $1.columns }
                && parameters.matrices.count == matrices.count, "the weights have other shapes")
        parameters.matrices = matrices
        parameters.write(to: &weights) { parameters.linear($0, $1) }
        return replacing(weights)
    }
}
