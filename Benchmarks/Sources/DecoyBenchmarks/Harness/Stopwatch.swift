#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Wall-clock and CPU time since it was made.
struct Stopwatch {
    private let wallStart = Stopwatch.wallNow()
    private let cpuStart = Stopwatch.cpuNow()

    /// Seconds that went by.
    var wall: Double { Self.wallNow() - wallStart }
    /// Seconds that the process's threads worked, in the program and in the kernel.
    var cpu: Double { Self.cpuNow() - cpuStart }

    static func wallNow() -> Double {
        let time = ContinuousClock.now - origin
        return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    }

    private static let origin = ContinuousClock.now

    /// `RUSAGE_SELF`, which Glibc declares with another type than it takes.
    private static let ownProcess: Int32 = 0

    private static func cpuNow() -> Double {
        var usage = rusage()
        getrusage(ownProcess, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6 }
    }

    /// The one-minute load average of the machine; figures taken under load are to be read with care.
    static func load() -> Double {
        var loads = [0.0]
        return getloadavg(&loads, 1) == 1 ? loads[0] : .nan
    }

    /// The most memory that the process has held, in bytes.
    static func peakMemory() -> Int {
        var usage = rusage()
        getrusage(ownProcess, &usage)
        #if canImport(Darwin)
            return Int(usage.ru_maxrss)
        #else
            return Int(usage.ru_maxrss) * 1024
        #endif
    }
}
