import CKernels
import COneDNN

/// Which code runs on this processor: the loops of this package and the library that multiplies matrices.
package enum NumericPlatform {
    /// The instruction level of the vector loops, such as `AVX-512`.
    package static var vectorLoops: String {
        switch VectorKernels.Level(rawValue: ck_vector_best_level()) {
        case .v4: "AVX-512"
        case .v3: "AVX2"
        case .baseline: "the processor's baseline"
        case .plain, nil: "plain loops"
        }
    }

    /// Whether the vector loops are at a level that was meant for speed.
    package static var hasFastLoops: Bool { ck_vector_best_level() >= VectorKernels.Level.v3.rawValue }

    /// oneDNN's version, such as `3.8.0`; nil where it is not there.
    package static var oneDNNVersion: String? {
        guard conednn_available() != 0 else { return nil }
        let version = conednn_version()
        return "\(version / 10_000).\(version / 100 % 100).\(version % 100)"
    }

    /// The instruction set of oneDNN's products on this processor; nil where it is not there.
    package static var productInstructions: String? {
        conednn_available() == 0 ? nil : String(cString: conednn_instruction_set())
    }

    /// What products of bfloat16 run on: `AMX`, `AVX-512 BF16`, or nil where they are no faster than those of 32-bit floats.
    package static var bfloat16: String? {
        switch conednn_bfloat16_level() {
        case 2: "AMX"
        case 1: "AVX-512 BF16"
        default: nil
        }
    }
}
