import NumericKernels

/// What a layer keeps of its forward pass for the backward pass, a row a token.
///
/// Attention's probabilities and the activated inner rows are not among it: the backward pass makes them again at the cost of one product of
/// attention and one pass over the rows.
struct LayerActivations: Sendable {
    /// Queries, keys and values.
    var packed = Matrix(rows: 0, columns: 0)
    /// What attention gives.
    var context = Matrix(rows: 0, columns: 0)
    /// The input of the first normalization.
    var attentionSum = Matrix(rows: 0, columns: 0)
    var attentionStatistics = LayerNormalization.Statistics()
    /// The output of the first normalization.
    var attentionRows = Matrix(rows: 0, columns: 0)
    /// The inner rows before the activation.
    var inner = Matrix(rows: 0, columns: 0)
    /// The input of the second normalization.
    var outputSum = Matrix(rows: 0, columns: 0)
    var outputStatistics = LayerNormalization.Statistics()
}

/// Memory that passes share over their layers and that the next pass uses again.
struct PassMemory: Sendable {
    /// For layers that keep nothing.
    var activations = LayerActivations()
    /// The rows between layers.
    var rows = Matrix(rows: 0, columns: 0)
    var next = Matrix(rows: 0, columns: 0)
    /// The activated inner rows.
    var activated = Matrix(rows: 0, columns: 0)
    /// Gradients: of the rows between layers, of a sublayer's output where dropout parts it from the residual, and of what the sublayers keep.
    var gradient = Matrix(rows: 0, columns: 0)
    var branch = Matrix(rows: 0, columns: 0)
    var inner = Matrix(rows: 0, columns: 0)
    var packed = Matrix(rows: 0, columns: 0)
    var context = Matrix(rows: 0, columns: 0)
}
