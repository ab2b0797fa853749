import NumericKernels

/// A factor of matrix products in the type that the precision asks for.
enum ProductOperand: Sendable {
    case float32(Matrix)
    case bfloat16(BFloat16Matrix)

    init(_ matrix: Matrix, _ precision: ProductPrecision, threads: Int) {
        switch precision {
        case .float32: self = .float32(matrix)
        case .bfloat16: self = .bfloat16(BFloat16Matrix(matrix, threads: threads))
        }
    }

    /// Two factors of one precision.
    func with(_ other: ProductOperand) -> LinearProduct.Factors {
        switch (self, other) {
        case (.float32(let a), .float32(let b)): .float32(a, b)
        case (.bfloat16(let a), .bfloat16(let b)): .bfloat16(a, b)
        default: preconditionFailure("the factors have different types")
        }
    }
}

/// A linear layer as products take it.
struct LinearOperand: Sendable {
    let weight: ProductOperand
    let bias: [Float]

    init(_ layer: LinearLayer, _ precision: ProductPrecision, threads: Int) {
        weight = ProductOperand(layer.weight, precision, threads: threads)
        bias = layer.bias
    }
}

/// The weights of a layer as its computation takes them: adapters merged, rounded where the precision asks for it.
struct LayerOperands: Sendable {
    let attentionInputs: LinearOperand
    let attentionOutput: LinearOperand
    let attentionNormalization: NormalizationWeights
    let inner: LinearOperand
    let output: LinearOperand
    let outputNormalization: NormalizationWeights

    init(_ layer: TransformerLayer, _ precision: ProductPrecision, threads: Int) {
        attentionInputs = LinearOperand(layer.attentionInputs, precision, threads: threads)
        attentionOutput = LinearOperand(layer.attentionOutput, precision, threads: threads)
        attentionNormalization = layer.attentionNormalization
        inner = LinearOperand(layer.inner, precision, threads: threads)
        output = LinearOperand(layer.output, precision, threads: threads)
        outputNormalization = layer.outputNormalization
    }
}
