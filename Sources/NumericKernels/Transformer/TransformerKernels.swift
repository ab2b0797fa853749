import CKernels

/// The vector loops of a transformer's layers.
enum TransformerKernels {
    /// Those of the best instruction level that this processor runs.
    static let best: ck_transformer_kernels = ck_transformer_best().pointee
}
