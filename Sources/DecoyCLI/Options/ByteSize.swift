import ArgumentParser

/// An amount of memory as people write it: `512MB`, `2GiB`, `65536`.
struct ByteSize: ExpressibleByArgument, CustomStringConvertible {
    var bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let shift: Int? =
            switch argument.dropFirst(digits.count).lowercased() {
            case "", "b": 0
            case "k", "kb", "kib": 10
            case "m", "mb", "mib": 20
            case "g", "gb", "gib": 30
            default: nil
            }
        guard let shift, let value = Double(digits), value > 0, value < 1e15 else { return nil }
        let bytes = value * Double(1 << shift)
        guard bytes < 1e18 else { return nil }
        self.bytes = Int(bytes)
    }

    /// For people: `12.3 MB`.
    var description: String {
        for (shift, unit) in [(30, "GB"), (20, "MB"), (10, "kB")] where bytes >= 1 << shift {
            let tenths = (bytes * 10) >> shift
            return "\(tenths / 10).\(tenths % 10) \(unit)"
        }
        return "\(bytes) bytes"
    }

    var defaultValueDescription: String { "\(bytes >> 20)MB" }
}
