import Decoy

/// Everything that the result of a step depends on; equal keys have equal results.
struct StepKey: Codable, Hashable, Sendable {
    private(set) var parts: [String: JSONTree] = [:]

    /// The key with one part more.
    func adding(_ name: String, _ value: some Encodable) throws -> StepKey {
        var key = self
        key.parts[name] = try JSONTree(encoding: [value])
        return key
    }

    /// The name of the step's folder.
    func folder(_ step: String) throws -> String {
        let hash = StableHash.fnv1a64(try JSONOutput.line(self))
        let digits = String(hash, radix: 16)
        return step + "-" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}
