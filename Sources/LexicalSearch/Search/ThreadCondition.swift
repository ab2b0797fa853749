import Essentials

/// A lock with a condition to wait for: a mutex and a condition variable of pthreads.
final class ThreadCondition: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let variable = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        // With default attributes they fail only where memory is out.
        precondition(pthread_mutex_init(mutex, nil) == 0 && pthread_cond_init(variable, nil) == 0, "no lock")
    }

    deinit {
        pthread_cond_destroy(variable)
        pthread_mutex_destroy(mutex)
        variable.deallocate()
        mutex.deallocate()
    }

    func lock() { pthread_mutex_lock(mutex) }
    func unlock() { pthread_mutex_unlock(mutex) }

    /// Gives the lock up until a `broadcast`, or without one; the caller holds the lock and looks again at what it waits for.
    func wait() { pthread_cond_wait(variable, mutex) }

    /// Wakes all that wait.
    func broadcast() { pthread_cond_broadcast(variable) }
}
