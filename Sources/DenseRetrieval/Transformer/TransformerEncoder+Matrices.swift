import NumericKernels

extension TransformerEncoder {
    /// All weights in a fixed order, vectors as matrices of one row.
    var matrices: [Matrix] { TransformerParameters(model.weights, config: config).matrices }
}
