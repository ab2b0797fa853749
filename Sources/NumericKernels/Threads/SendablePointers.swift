/// A pointer that may cross to the threads of a kernel, which write disjoint parts behind it.
struct FloatPointer: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    init(_ base: UnsafeMutablePointer<Float>) { self.base = base }
}

/// A pointer for reading that may cross to the threads of a kernel.
struct ConstFloatPointer: @unchecked Sendable {
    let base: UnsafePointer<Float>
    init(_ base: UnsafePointer<Float>) { self.base = base }
}
