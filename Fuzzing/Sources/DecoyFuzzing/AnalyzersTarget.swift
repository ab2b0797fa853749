import AnalyzerChecks

/// A string of any bytes through every analyzer profile; see ``AnalyzerCheck``.
///
/// The first byte decides what stands around it in memory.
enum AnalyzersTarget {
    nonisolated(unsafe) private static let check: AnalyzerCheck = {
        do { return try AnalyzerCheck() } catch { fatalError("\(error)") }
    }()

    static func run(_ input: FuzzInput) {
        var input = input
        let choice = Int(input.byte())
        let fault = check.fault(in: input.remainder(), choice: choice)
        require(fault == nil, fault ?? "")
    }
}
