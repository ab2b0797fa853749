import NumericKernels

/// The gradients of the trained parameters, in the order of their places.
///
/// What nothing was added to since the last step counts as zero, whatever stands there: the first addition overwrites.
struct TransformerGradients: Sendable {
    private let config: TransformerConfig
    /// Whether each parameter is trained.
    let isTrained: [Bool]
    /// Whether something was added to each.
    private(set) var isFilled: [Bool]
    private(set) var matrices: [Matrix]

    init(_ parameters: TransformerParameters, isTrained: [Bool]) {
        config = parameters.config
        self.isTrained = isTrained
        isFilled = [Bool](repeating: false, count: isTrained.count)
        matrices = zip(parameters.matrices, isTrained).map { matrix, isTrained in
            isTrained ? Matrix(rows: matrix.rows, columns: matrix.columns) : Matrix(rows: 0, columns: 0)
        }
    }

    /// Whether a parameter is trained.
    func trains(_ place: ParameterPlace) -> Bool { isTrained[place.index(layers: config.layers)] }

    /// All become zero.
    mutating func clear() { for index in isFilled.indices { isFilled[index] = false } }

    /// Multiplies all with a factor.
    mutating func scale(by factor: Float, threads: Int) {
        for index in matrices.indices where isFilled[index] {
            GradientNorm.scale(&matrices[index], by: factor, threads: threads)
        }
    }

    /// Lets `body` add to the gradient of a trained parameter; where `isFirst`, it must overwrite.
    mutating func add(to place: ParameterPlace, _ body: (_ gradient: inout Matrix, _ isFirst: Bool) -> Void) {
        let index = place.index(layers: config.layers)
        guard isTrained[index] else { return }
        body(&matrices[index], !isFilled[index])
        isFilled[index] = true
    }

    /// The same with zeros where nothing was added yet.
    mutating func addToZeros(_ place: ParameterPlace, threads: Int, _ body: (_ gradient: inout Matrix) -> Void) {
        add(to: place) { gradient, isFirst in
            if isFirst {
                gradient.fillRows(threads: threads) { _, row in
                    for column in row.indices { row[column] = 0 }
                }
            }
            body(&gradient)
        }
    }

    /// Adds a vector.
    mutating func add(_ values: [Float], to place: ParameterPlace) {
        add(to: place) { gradient, isFirst in
            gradient.withMutableRow(0) { row in
                for column in row.indices { row[column] = values[column] + (isFirst ? 0 : row[column]) }
            }
        }
    }

    /// Adds a vector to the first row.
    mutating func addRow(_ values: [Float], to place: ParameterPlace, threads: Int) {
        addToZeros(place, threads: threads) { gradient in
            gradient.withMutableRow(0) { row in
                for column in row.indices { row[column] += values[column] }
            }
        }
    }

    /// Adds a matrix.
    mutating func add(_ values: Matrix, to place: ParameterPlace) {
        add(to: place) { gradient, isFirst in
            if isFirst { gradient = values } else { RowAddition.apply(&gradient, values) }
        }
    }

    /// The gradient of a trained parameter; nil for one that is not trained.
    subscript(place: ParameterPlace) -> Matrix? {
        let index = place.index(layers: config.layers)
        guard isTrained[index] else { return nil }
        let matrix = matrices[index]
        return isFilled[index] ? matrix : Matrix(rows: matrix.rows, columns: matrix.columns)
    }
}
