extension [Float] {
    /// The memory for reading while `body` runs; not called for memory that is not there.
    func withPointer(_ body: (ConstFloatPointer) -> Void) {
        withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { body(ConstFloatPointer(base)) }
        }
    }

    /// The memory for writing while `body` runs; not called for memory that is not there.
    mutating func withMutablePointer(_ body: (FloatPointer) -> Void) {
        withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { body(FloatPointer(base)) }
        }
    }
}
