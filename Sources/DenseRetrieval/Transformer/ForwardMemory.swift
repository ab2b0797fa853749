import NumericKernels

/// Memory of a forward pass that its layers share and that the next pass uses again.
struct ForwardMemory: Sendable {
    /// The rows between layers; the last layer's at the end.
    var rows = Matrix(rows: 0, columns: 0)
    /// A sublayer's output and then its sum with the rows.
    var sum = Matrix(rows: 0, columns: 0)
    /// The rows that come next.
    var next = Matrix(rows: 0, columns: 0)
    /// Queries, keys and values.
    var inputs = Matrix(rows: 0, columns: 0)
    /// What attention gives.
    var context = Matrix(rows: 0, columns: 0)
    var inner = Matrix(rows: 0, columns: 0)
    /// A factor in bfloat16.
    var half = BFloat16Matrix()
    var statistics = LayerNormalization.Statistics()
}

/// The weights of a layer's products in bfloat16.
struct HalfLayer: Sendable {
    let attentionInputs: BFloat16Matrix
    let attentionOutput: BFloat16Matrix
    let inner: BFloat16Matrix
    let output: BFloat16Matrix

    init(_ layer: TransformerLayer) {
        attentionInputs = BFloat16Matrix(layer.attentionInputs.weight)
        attentionOutput = BFloat16Matrix(layer.attentionOutput.weight)
        inner = BFloat16Matrix(layer.inner.weight)
        output = BFloat16Matrix(layer.output.weight)
    }
}
