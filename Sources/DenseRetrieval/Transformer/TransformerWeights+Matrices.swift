import NumericKernels

extension TransformerWeights {
    /// All weights in a fixed order, vectors as matrices of one row.
    package var matrices: [Matrix] {
        var list: [Matrix] = []
        var weights = self
        weights.forEachMatrix { list.append($0) }
        return list
    }

    /// The weights with all values replaced by those of `matrices`, which must have the same shapes in the same order.
    package func replacing(_ matrices: [Matrix]) -> TransformerWeights {
        var weights = self
        var place = 0
        weights.forEachMatrix { matrix in
            precondition(
                matrix.rows == matrices[place].rows && matrix.columns == matrices[place].columns, "the shapes differ")
            matrix = matrices[place]
            place += 1
        }
        precondition(place == matrices.count, "there are more matrices than weights")
        return weights
    }

    private mutating func forEachMatrix(_ body: (inout Matrix) -> Void) {
        func visit(_ values: inout [Float]) {
            var matrix = Matrix(columns: max(1, values.count), values: values)
            body(&matrix)
            values = matrix.rows > 0 ? matrix.row(0) : []
        }
        func visit(_ layer: inout LinearLayer) {
            body(&layer.weight)
            visit(&layer.bias)
        }
        func visit(_ normalization: inout NormalizationWeights) {
            visit(&normalization.weight)
            visit(&normalization.bias)
        }
        body(&tokens)
        body(&positions)
        visit(&tokenType)
        visit(&embeddingNormalization)
        for index in layers.indices {
            visit(&layers[index].attentionInputs)
            visit(&layers[index].attentionOutput)
            visit(&layers[index].attentionNormalization)
            visit(&layers[index].inner)
            visit(&layers[index].output)
            visit(&layers[index].outputNormalization)
        }
        if var distances {
            body(&distances)
            self.distances = distances
        }
    }
}
