import NumericKernels

extension TransformerWeights {
    /// The weights under the names of their family, query, key and value apart.
    func tensors(_ names: TransformerTensorNames, prefix: String) -> [StoredTensor] {
        func matrix(_ name: String, _ values: Matrix, rows: Range<Int>? = nil) -> StoredTensor {
            StoredTensor(prefix + name, values, rows: rows)
        }
        func linear(_ name: String, _ layer: LinearLayer, part: Int = 0, of parts: Int = 1) -> [StoredTensor] {
            let size = layer.bias.count / parts
            let rows = part * size..<(part + 1) * size
            return [
                matrix(name + ".weight", layer.weight, rows: rows),
                StoredTensor(prefix + name + ".bias", layer.bias[rows]),
            ]
        }
        func normalization(_ name: String, _ weights: NormalizationWeights) -> [StoredTensor] {
            [
                StoredTensor(prefix + name + ".weight", weights.weight[...]),
                StoredTensor(prefix + name + ".bias", weights.bias[...]),
            ]
        }
        var tensors = [
            matrix(TransformerTensorNames.tokens, tokens), matrix(TransformerTensorNames.positions, positions),
        ]
        if tokenTypes.rows > 0 { tensors.append(matrix(TransformerTensorNames.tokenTypes, tokenTypes)) }
        if let distances { tensors.append(matrix(TransformerTensorNames.distances, distances)) }
        tensors += normalization(TransformerTensorNames.embeddingNormalization, embeddingNormalization)
        for (index, layer) in layers.enumerated() {
            let names = names.layer(index)
            for (part, name) in [names.query, names.key, names.value].enumerated() {
                tensors += linear(name, layer.attentionInputs, part: part, of: 3)
            }
            tensors += linear(names.attentionOutput, layer.attentionOutput)
            tensors += normalization(names.attentionNormalization, layer.attentionNormalization)
            tensors += linear(names.inner, layer.inner) + linear(names.output, layer.output)
            tensors += normalization(names.outputNormalization, layer.outputNormalization)
        }
        return tensors
    }
}
