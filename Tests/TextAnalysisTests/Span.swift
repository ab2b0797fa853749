@testable import TextAnalysis

/// One word with its place and status.
struct Span: Equatable, CustomStringConvertible {
    var start: Int
    var end: Int
    var status: Int32
    var description: String { "\(start)..<\(end) \(status)" }
}

func icuSpans(_ bytes: [UInt8], _ icu: ICUWords) -> [Span] {
    var spans: [Span] = []
    bytes.withUnsafeBufferPointer { buffer in
        icu.forEach(in: buffer, from: 0, to: buffer.count) { spans.append(Span(start: $0, end: $1, status: $2)) }
    }
    return spans
}

func hybridSpans(_ bytes: [UInt8], _ icu: ICUWords) -> [Span] {
    var spans: [Span] = []
    bytes.withUnsafeBufferPointer { buffer in
        ByteClass.table.withUnsafeBufferPointer { classes in
            guard let table = classes.baseAddress else { return }
            HybridWords.forEach(in: buffer, classes: table, icu: icu) {
                spans.append(Span(start: $0, end: $1, status: $2))
            }
        }
    }
    return spans
}
