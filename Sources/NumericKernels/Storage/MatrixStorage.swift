/// The memory of matrices: owned and aligned to 64 bytes, or borrowed from an owner such as a mapped file.
///
/// Written only through a `Matrix` that is its only holder, and by the kernels of this module while they hold that matrix exclusively.
final class MatrixStorage: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    let capacity: Int
    private let owner: (any AnyObject & Sendable)?

    /// Zeros.
    init(capacity: Int) {
        let bytes = max(capacity, 1) * MemoryLayout<Float>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        base = raw.initializeMemory(as: Float.self, repeating: 0, count: max(capacity, 1))
        self.capacity = capacity
        owner = nil
    }

    /// Memory that `owner` keeps alive and nobody writes; it must be aligned for floats.
    init(borrowing bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable) {
        if let start = bytes.baseAddress {
            base = UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: Float.self))
        } else {
            base = UnsafeMutablePointer<Float>.allocate(capacity: 1)
        }
        capacity = bytes.count / MemoryLayout<Float>.stride
        self.owner = owner
    }

    /// Whether the memory may be written at all.
    var isOwned: Bool { owner == nil }

    deinit {
        if owner == nil { UnsafeMutableRawPointer(base).deallocate() }
    }
}
