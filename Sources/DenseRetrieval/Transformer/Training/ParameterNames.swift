import NumericKernels

/// A tensor of a family's files as a part of a parameter.
struct NamedPart: Sendable {
    let name: String
    let rows: Range<Int>
    let columns: Range<Int>

    /// That part of the parameter or of what has its shape.
    func cut(_ matrix: Matrix) -> Matrix {
        if rows.count == matrix.rows, columns.count == matrix.columns { return matrix }
        var part = Matrix(rows: rows.count, columns: columns.count)
        for row in 0..<rows.count {
            matrix.withRow(rows.lowerBound + row) { source in
                part.withMutableRow(row) { target in
                    for column in target.indices { target[column] = source[columns.lowerBound + column] }
                }
            }
        }
        return part
    }
}

extension TransformerTensorNames {
    /// The tensors of a parameter of this shape.
    func parts(of place: ParameterPlace, rows: Int, columns: Int) -> [NamedPart] {
        func whole(_ name: String) -> [NamedPart] { [NamedPart(name: name, rows: 0..<rows, columns: 0..<columns)] }
        switch place {
        case .tokens: return whole(Self.tokens)
        case .positions: return whole(Self.positions)
        case .tokenTypes: return whole(Self.tokenTypes)
        case .embeddingScale: return whole(Self.embeddingNormalization + ".weight")
        case .embeddingShift: return whole(Self.embeddingNormalization + ".bias")
        case .distances: return whole(Self.distances)
        case .adapter(_, _, let factor):
            return whole(layerName(of: place) + (factor == .a ? ".lora_A.weight" : ".lora_B.weight"))
        case .layer(let layer, let part):
            let names = self.layer(layer)
            let inputs = [names.query, names.key, names.value]
            switch part {
            case .attentionInputs:
                let each = rows / 3
                return inputs.indices.map {
                    NamedPart(
                        name: inputs[$0] + ".weight", rows: ($0 * each)..<(($0 + 1) * each), columns: 0..<columns)
                }
            case .attentionInputsBias:
                let each = columns / 3
                return inputs.indices.map {
                    NamedPart(name: inputs[$0] + ".bias", rows: 0..<rows, columns: ($0 * each)..<(($0 + 1) * each))
                }
            case .attentionOutput: return whole(names.attentionOutput + ".weight")
            case .attentionOutputBias: return whole(names.attentionOutput + ".bias")
            case .attentionScale: return whole(names.attentionNormalization + ".weight")
            case .attentionShift: return whole(names.attentionNormalization + ".bias")
            case .inner: return whole(names.inner + ".weight")
            case .innerBias: return whole(names.inner + ".bias")
            case .output: return whole(names.output + ".weight")
            case .outputBias: return whole(names.output + ".bias")
            case .outputScale: return whole(names.outputNormalization + ".weight")
            case .outputShift: return whole(names.outputNormalization + ".bias")
            }
        }
    }

    /// The name of the linear layer that an adapter stands beside.
    func layerName(of place: ParameterPlace) -> String {
        guard case .adapter(let layer, let part, _) = place else { return "" }
        let names = self.layer(layer)
        return switch part {
        case .query: names.query
        case .key: names.key
        case .value: names.value
        case .attentionOutput: names.attentionOutput
        case .inner: names.inner
        case .output: names.output
        }
    }
}
