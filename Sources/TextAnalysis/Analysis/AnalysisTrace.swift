/// How a text became terms: each token as it was cut, and what each filter made of it.
public struct AnalysisTrace: Sendable, Hashable, Codable {
    /// What one filter made of a token.
    public struct Step: Sendable, Hashable, Codable {
        /// The filter, with what it was given.
        public var filter: String
        /// The terms after it; none where it removed the token.
        public var terms: [String]
    }

    /// One token.
    public struct Token: Sendable, Hashable, Codable {
        /// The token as it was cut, after character filters.
        public var token: String
        /// The bytes of the original text that it was made of.
        public var start: Int
        /// The end of these bytes.
        public var end: Int
        /// The ordinal that its terms have; removed tokens have one too, but not those of which a filter left nothing.
        public var position: Int?
        /// The kind of characters.
        public var status: TokenStatus
        /// The terms that are indexed; none where the token was removed.
        public var terms: [String]
        /// Every filter that changed or removed it, in order.
        public var steps: [Step]
    }

    /// The text after character filters; nil where they changed nothing.
    public var filteredText: String?
    /// All tokens in order, removed ones too.
    public var tokens: [Token]
}

extension Analyzer {
    /// How a text becomes terms, step by step; many times slower than the work itself.
    public func trace(_ text: String) -> AnalysisTrace {
        var text = text
        return text.withUTF8 { utf8 in
            var trace = AnalysisTrace(filteredText: filteredText(utf8), tokens: [])
            withSession { session in
                session.traceTokens(in: utf8) { token, range, position, status, results in
                    var steps: [AnalysisTrace.Step] = []
                    var last = [String(decoding: token, as: UTF8.self)]
                    for (filter, terms) in zip(options.filters, results) {
                        let terms = Self.distinct(terms).map { String(decoding: $0, as: UTF8.self) }
                        // By bytes: strings that are canonically equal are different terms.
                        if !terms.elementsEqual(last, by: { $0.utf8.elementsEqual($1.utf8) }) {
                            steps.append(AnalysisTrace.Step(filter: "\(filter)", terms: terms))
                        }
                        last = terms
                    }
                    trace.tokens.append(
                        AnalysisTrace.Token(
                            token: String(decoding: token, as: UTF8.self), start: range.lowerBound,
                            end: range.upperBound,
                            position: position, status: status, terms: last, steps: steps))
                }
            }
            return trace
        }
    }

    /// Terms without those that are empty or that came before.
    private static func distinct(_ terms: [[UInt8]]) -> [[UInt8]] {
        terms.reduce(into: []) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
    }

    /// The text after character filters; nil where it is the same.
    private func filteredText(_ utf8: UnsafeBufferPointer<UInt8>) -> String? {
        TextFilters(options.characterFilters).apply(to: utf8).last.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}

extension AnalyzerSession {
    /// Calls `body` with each token before the filters, in pieces where it is too long, and with what each filter made of it; the position
    /// is nil where filters left nothing of a token.
    func traceTokens(
        in utf8: UnsafeBufferPointer<UInt8>,
        _ body: (
            _ token: ArraySlice<UInt8>, _ range: Range<Int>, _ position: Int?, _ status: TokenStatus,
            _ steps: [[[UInt8]]]
        )
            -> Void
    ) {
        let filtered = textFilters.isEmpty ? [] : textFilters.apply(to: utf8)
        let text = filtered.last?.bytes ?? Array(utf8)
        text.withUnsafeBufferPointer { buffer in
            var position = -1
            forEachSpan(in: buffer) { start, end, status, advance in
                var advance = advance
                TokenPieces.forEach(of: buffer, start, end, limit: options.maximumTokenLength) { first, last in
                    let token = text[first..<last]
                    var term = Array(token)
                    let isToken = filter.apply(&term) != .empty
                    if isToken {
                        position += advance
                        advance = 1
                    }
                    body(
                        token, filtered.original(of: first..<last), isToken ? position : nil,
                        TokenStatus(ruleStatus: status), filter.trace(Array(token)))
                }
            }
        }
    }
}
