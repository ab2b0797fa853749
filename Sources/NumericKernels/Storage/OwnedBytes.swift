/// A copy of values at an address that is aligned to 64 bytes and freed with its last holder.
final class OwnedBytes: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let count: Int

    init(_ values: [some BitwiseCopyable]) {
        count = values.withUnsafeBytes { $0.count }
        start = .allocate(byteCount: max(count, 1), alignment: 64)
        values.withUnsafeBytes { bytes in
            if let from = bytes.baseAddress { start.copyMemory(from: from, byteCount: bytes.count) }
        }
    }

    deinit { start.deallocate() }
}
