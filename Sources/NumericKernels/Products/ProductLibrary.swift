import COneDNN
import Synchronization

/// The library of matrix products on Linux, which is loaded when a product is first asked for.
package enum ProductLibrary {
    /// What is told, once, when products are asked for and the library is not there; the program says it on standard error.
    package static let whenMissing = Mutex<@Sendable (_ remark: String) -> Void>({ _ in })

    /// Whether the library is there.
    static let isThere: Bool = {
        if conednn_available() != 0 { return true }
        #if os(Linux)
            whenMissing.withLock { tell in
                tell(
                    "there is no oneDNN (libdnnl): training and encoding multiply in plain loops, "
                        + "which takes many times as long")
            }
        #endif
        return false
    }()
}
