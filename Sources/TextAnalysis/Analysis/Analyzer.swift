import CICU

/// Turns text into terms: cuts it into tokens, normalizes them, drops stop words, stems.
///
/// Words are cut as UAX #29 says, by ICU's root rules, with dictionaries for scripts without spaces. Three decisions are ours and do
/// not depend on ICU's version: `@` and `:` always separate (`foo@bar.com` gives `foo` and `bar.com`, `10:30` gives `10` and `30`);
/// `_` joins letters and digits (`snake_case` is one token); and `_` alone is no token. Punctuation, symbols and emoji are no tokens
/// and have no position.
///
/// The value is cheap to copy and may be used from any thread. Work on many texts goes through ``makeSession(cached:)``.
public struct Analyzer: Sendable {
    /// The options and versions that decide the terms.
    public let identity: AnalyzerIdentity
    private let pool = SessionPool<AnalyzerSession>()

    /// An analyzer with these options; throws ``AnalyzerError`` for a name that is not known or a value out of its range.
    public init(_ options: AnalyzerOptions) throws {
        guard (1...255).contains(options.maximumTokenLength) else {
            throw AnalyzerError.invalidOption(
                name: "maximumTokenLength", value: "\(options.maximumTokenLength)", expected: "1 to 255")
        }
        guard !options.dependsOnICU || ICUWords.isAvailable() else { throw AnalyzerError.segmentationUnavailable }
        identity = AnalyzerIdentity(
            options: options, icuVersion: Self.version(cicu_version), unicodeVersion: Self.version(cicu_unicode_version)
        )
        pool.put(try AnalyzerSession(options))
    }

    private static func version(_ write: (UnsafeMutablePointer<CChar>?) -> Void) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CICU_VERSION_LENGTH)) { buffer in
            buffer.initialize(repeating: 0)
            write(buffer.baseAddress)
            return buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }

    /// The analyzer of a profile, one of ``AnalyzerOptions/knownNames``.
    public init(named name: String) throws { try self.init(AnalyzerOptions(named: name)) }

    /// The options.
    public var options: AnalyzerOptions { identity.options }

    /// A new session, for one thread; it remembers the terms of up to `cached` distinct tokens, some 70 bytes each.
    public func makeSession(cached: Int = 65_536) -> AnalyzerSession {
        do {
            return try AnalyzerSession(options, cached: max(cached, 1))
        } catch {
            // The initializer has made a session of the same options, so this is out of memory.
            fatalError("no memory for an analyzer session: \(error)")
        }
    }

    /// The terms of a text in order; stop words are left out.
    public func terms(in text: String) -> [String] {
        var terms: [String] = []
        withSession { session in
            session.forEachTerm(in: text) { term, _ in terms.append(String(decoding: term, as: UTF8.self)) }
        }
        return terms
    }

    /// Calls `body` with each term of a text and its position, as ``AnalyzerSession/forEachTerm(in:_:)-(String,_)`` does.
    public func forEachTerm(in text: String, _ body: (_ term: UnsafeBufferPointer<UInt8>, _ position: Int) -> Void) {
        withSession { $0.forEachTerm(in: text, body) }
    }

    /// The tokens of a text in order, with positions and offsets.
    public func tokens(in text: String) -> [Token] {
        var text = text
        return text.withUTF8 { tokens(in: $0) }
    }

    /// The tokens of bytes that should be UTF-8; ill-formed ones are treated as U+FFFD.
    public func tokens(in utf8: UnsafeBufferPointer<UInt8>) -> [Token] {
        var tokens: [Token] = []
        withSession { session in
            session.forEachToken(in: utf8) { term, position, start, end, status in
                tokens.append(
                    Token(
                        term: String(decoding: term, as: UTF8.self), position: position, utf8Range: start..<end,
                        status: status))
            }
        }
        return tokens
    }

    /// Calls `body` with each token of bytes that should be UTF-8, as ``AnalyzerSession/forEachToken(in:_:)`` does.
    public func forEachToken(
        in utf8: UnsafeBufferPointer<UInt8>,
        _ body: (
            _ term: UnsafeBufferPointer<UInt8>, _ position: Int, _ start: Int, _ end: Int, _ status: TokenStatus
        ) -> Void
    ) {
        withSession { $0.forEachToken(in: utf8, body) }
    }

    func withSession(_ body: (AnalyzerSession) -> Void) {
        let session = pool.take() ?? makeSession()
        body(session)
        pool.put(session)
    }
}
