#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Exchanges two entries of the file system in one step; false where the system or the file system cannot.
func exchangeNames(_ first: String, _ second: String) -> Bool {
    #if canImport(Darwin)
        return renamex_np(first, second, UInt32(RENAME_SWAP)) == 0
    #else
        // glibc has renameat2 from 2.28 on; its module map does not show it to Swift.
        typealias RenameAt2 =
            @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
        guard let symbol = dlsym(nil, "renameat2") else { return false }
        let rename = unsafeBitCast(symbol, to: RenameAt2.self)
        let exchange: UInt32 = 2
        return rename(AT_FDCWD, first, AT_FDCWD, second, exchange) == 0
    #endif
}
