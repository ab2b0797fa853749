import CKernels

/// Ids with weights that may cross to the threads of a kernel.
struct BagEntries: @unchecked Sendable {
    let ids: UnsafeBufferPointer<Int32>
    let weights: UnsafeBufferPointer<Float>

    /// out = Σ weights[k] · rows[ids[k]] over a range of entries; the ids must be rows.
    func gather(
        _ range: Range<Int>, _ rows: UnsafePointer<Float>, _ columns: Int, _ out: UnsafeMutablePointer<Float>,
        _ kernels: ck_vector_kernels
    ) {
        guard let id = ids.baseAddress, let weight = weights.baseAddress, !range.isEmpty else {
            out.update(repeating: 0, count: columns)
            return
        }
        precondition(range.upperBound <= ids.count, "no such entries")
        kernels.gather(rows, columns, id + range.lowerBound, weight + range.lowerBound, range.count, out, columns)
    }
}
