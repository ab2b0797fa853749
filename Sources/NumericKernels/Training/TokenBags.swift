/// Texts as bags of token ids: for each text its distinct ids in ascending order, each with its share of the text's tokens.
package struct TokenBags: Sendable {
    /// Where each text's entries begin; one more than there are texts.
    package private(set) var offsets: [Int] = [0]
    /// The distinct ids of the texts, one text after the other.
    package private(set) var ids: [Int32] = []
    /// The share of each id among the tokens of its text.
    package private(set) var weights: [Float] = []
    /// The ids are below this number.
    package let vocabularySize: Int

    /// No texts yet, over ids from 0 to below `vocabularySize`.
    package init(vocabularySize: Int) { self.vocabularySize = vocabularySize }

    /// The number of texts.
    package var count: Int { offsets.count - 1 }

    /// The distinct ids of one text.
    package func ids(of text: Int) -> ArraySlice<Int32> { ids[offsets[text]..<offsets[text + 1]] }

    /// Adds one text; ids outside the vocabulary are left out.
    package mutating func append(_ tokens: [Int32]) {
        let limit = Int32(clamping: vocabularySize)
        let sorted = tokens.filter { $0 >= 0 && $0 < limit }.sorted()
        let share = 1 / Float(sorted.count)
        var place = 0
        while place < sorted.count {
            var end = place + 1
            while end < sorted.count, sorted[end] == sorted[place] { end += 1 }
            ids.append(sorted[place])
            weights.append(Float(end - place) * share)
            place = end
        }
        offsets.append(ids.count)
    }

    /// Adds the texts of another collection over the same vocabulary.
    package mutating func append(_ other: TokenBags) {
        precondition(other.vocabularySize == vocabularySize, "the vocabularies differ")
        let shift = ids.count
        ids.append(contentsOf: other.ids)
        weights.append(contentsOf: other.weights)
        offsets.append(contentsOf: other.offsets.dropFirst().map { $0 + shift })
    }
}

extension Matrix {
    /// Writes the mean row of each chosen text to consecutive rows, from `row` on; `self` must have room and as many columns as the table.
    ///
    /// mean = Σ share(t) · table[t]; a text without tokens has a mean of zeros.
    package mutating func gatherMeans(
        of texts: [Int32], in bags: TokenBags, from table: Matrix, at row: Int, threads: Int
    ) {
        precondition(table.rows >= bags.vocabularySize && table.columns == columns, "the table has another shape")
        precondition(row >= 0 && row + texts.count <= rows, "there is no room for the means")
        let columns = columns
        let target = withMutableBase { FloatPointer($0 + row * columns) }
        let source = ConstFloatPointer(table.constBase)
        let kernels = VectorKernels.best.table.pointee
        bags.ids.withUnsafeBufferPointer { idBuffer in
            bags.weights.withUnsafeBufferPointer { weightBuffer in
                let entries = BagEntries(ids: idBuffer, weights: weightBuffer)
                FixedParallel.forEachRange(texts.count, size: 64, threads: threads) { range in
                    for place in range {
                        let text = Int(texts[place])
                        let from = bags.offsets[text]
                        entries.gather(
                            from..<bags.offsets[text + 1], source.base, columns, target.base + place * columns, kernels)
                    }
                }
            }
        }
    }
}
