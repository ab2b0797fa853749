#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `Synchronization.Mutex` over a lock of pthreads, which the thread sanitizer sees.
///
/// On Linux the standard library's lock is a futex of its own, without calls that the sanitizer knows: whatever it protects looks like a race.
/// `Tests/Sanitizers/run thread` puts this type in its place in a copy of the sources.
public struct CheckedMutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    private let value: UnsafeMutablePointer<Value>
    private let lock: UnsafeMutablePointer<pthread_mutex_t>

    /// A lock that is not held, over a value.
    public init(_ initial: consuming sending Value) {
        value = .allocate(capacity: 1)
        value.initialize(to: initial)
        lock = .allocate(capacity: 1)
        precondition(pthread_mutex_init(lock, nil) == 0, "no lock could be made")
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    /// Calls `body` with the value while the lock is held.
    public borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return try body(&value.pointee)
    }
}
