import TextAnalysis

/// Puts strings through every profile, and says what does not hold.
///
/// For each profile: offsets inside the text, on character boundaries, starts ascending (in texts of up to 255 bytes); terms of 1 to 255 bytes, well-formed; positions
/// ascending; and the same from any buffer and through every way of asking.
public final class AnalyzerCheck {
    private let profiles: [ProfileCheck]
    /// The string in the middle of other text.
    private var surroundings: [UInt8] = []

    /// Checks of all profiles that have a name.
    public init() throws {
        profiles = try AnalyzerOptions.knownNames.map {
            ProfileCheck(name: $0, session: try Analyzer(named: $0).makeSession())
        }
    }

    /// The number of profiles.
    public var count: Int { profiles.count }

    /// What does not hold for a string of any bytes; nil where all does.
    ///
    /// `choice` decides between which bytes it is put.
    public func fault(in bytes: [UInt8], choice: Int) -> String? {
        let isInside = CharacterBoundaries.insides(of: bytes)
        var string = String(validating: bytes, as: UTF8.self)
        // Before and after stand letters, marks, or halves of characters: whoever looks beyond the string sees them.
        let fillings: [[UInt8]] = [
            Array("a".utf8), [0xCC, 0x81], [0x80], [0xE4, 0xBD], Array("語".utf8), Array("'_".utf8),
        ]
        let filling = fillings[choice % fillings.count]
        let offset = choice / fillings.count % 64
        surroundings.removeAll(keepingCapacity: true)
        while surroundings.count < offset { surroundings += filling }
        surroundings.removeLast(surroundings.count - offset)
        surroundings += bytes
        for _ in 0..<9 { surroundings += filling }
        for profile in profiles {
            let fault =
                profile.checkTokens(bytes, isInside)
                ?? surroundings.withUnsafeBufferPointer { buffer in
                    profile.compare(with: UnsafeBufferPointer(rebasing: buffer[offset..<offset + bytes.count]))
                } ?? string?.withUTF8 { profile.compareTerms(with: $0) }
            if let fault { return "\(profile.name): \(fault)" }
        }
        return nil
    }
}

/// One profile, its session and what it gave for a string.
private final class ProfileCheck {
    let name: String
    private let session: AnalyzerSession
    private var tokens: [FoundToken] = []
    private var others: [FoundToken] = []

    init(name: String, session: AnalyzerSession) {
        self.name = name
        self.session = session
    }

    /// Finds the tokens of a string and checks each.
    func checkTokens(_ bytes: [UInt8], _ isInside: [Bool]) -> String? {
        tokens.removeAll(keepingCapacity: true)
        var fault: String?
        var last = FoundToken()
        bytes.withUnsafeBufferPointer { buffer in
            session.forEachToken(in: buffer) { term, position, start, end, _ in
                let token = FoundToken(term, position, start, end)
                // After the pieces of a token of more than 255 bytes come the others that begin inside it.
                if (start < last.start && bytes.count <= 255) || start < 0 || start >= end || end > bytes.count {
                    fault = "bytes \(start)..<\(end) after \(last.start)..<\(last.end) of \(bytes.count)"
                } else if isInside[start] || isInside[end] {
                    fault = "bytes \(start)..<\(end) cut a character"
                } else if position < last.position || position > bytes.count {
                    fault = "position \(position) after \(last.position)"
                } else if !(1...255).contains(term.count) || !CharacterBoundaries.isWellFormed(term) {
                    fault = "term \(Array(term))"
                }
                tokens.append(token)
                last = token
            }
        }
        return fault
    }

    /// Finds the tokens again in another buffer, in three ways.
    func compare(with buffer: UnsafeBufferPointer<UInt8>) -> String? {
        others.removeAll(keepingCapacity: true)
        session.forEachToken(in: buffer) { term, position, start, end, _ in
            others.append(FoundToken(term, position, start, end))
        }
        if others != tokens { return "in another buffer \(others) and not \(tokens)" }
        others.removeAll(keepingCapacity: true)
        session.forEachTermNumber(in: buffer, numbering: { FoundToken.hash($0) }) {
            others.append(FoundToken(hash: $0, position: $1))
        }
        if !others.elementsEqual(tokens, by: { $0.isSameTerm(as: $1) }) {
            return "by numbers \(others) and not \(tokens)"
        }
        return compareTerms(with: buffer)
    }

    /// Finds the terms again in another buffer.
    func compareTerms(with buffer: UnsafeBufferPointer<UInt8>) -> String? {
        others.removeAll(keepingCapacity: true)
        session.forEachTerm(in: buffer) { others.append(FoundToken(hash: FoundToken.hash($0), position: $1)) }
        let isSame = others.elementsEqual(tokens, by: { $0.isSameTerm(as: $1) })
        return isSame ? nil : "by terms \(others) and not \(tokens)"
    }
}

/// A token with a hash in place of its term.
private struct FoundToken: Equatable {
    var hash: UInt32 = 0
    var position = 0
    var start = 0
    var end = 0

    init() {}

    init(hash: UInt32, position: Int) {
        self.hash = hash
        self.position = position
    }

    init(_ term: UnsafeBufferPointer<UInt8>, _ position: Int, _ start: Int, _ end: Int) {
        self.init(hash: Self.hash(term), position: position)
        self.start = start
        self.end = end
    }

    func isSameTerm(as other: FoundToken) -> Bool { hash == other.hash && position == other.position }

    /// FNV-1a, with the top bit away: what serves as the number of a term must be below 2^32 − 2.
    static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
        term.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 } & 0x7FFF_FFFF
    }
}
