import Essentials

/// What the process has used so far.
enum ProcessUsage {
    /// Seconds of CPU time, in the program and in the system for it.
    static var cpuSeconds: Double {
        var usage = rusage()
        #if canImport(Glibc)
            let done = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            let done = getrusage(RUSAGE_SELF, &usage)
        #endif
        guard done == 0 else { return 0 }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// Bytes of memory that are resident; nil where the system doesn't say.
    static var residentBytes: Int? {
        #if os(Linux)
            guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
            let fields = text.split(separator: " ")
            return fields.count > 1 ? Int(fields[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
        #else
            return nil
        #endif
    }
}
