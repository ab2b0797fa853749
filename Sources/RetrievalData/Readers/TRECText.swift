/// TREC's SGML documents: `<DOC>`, in it `<DOCNO>`, one or more `<TEXT>`, perhaps a title; every other element becomes
/// metadata.
enum TRECText {
    private static let expected = "expected <DOC> <DOCNO>id</DOCNO> <TEXT>…</TEXT> </DOC>"
    private static let titles: Set<String> = ["title", "headline", "head", "hl", "ti"]

    /// Reads documents until the input ends.
    static func readDocuments(_ reader: LineReader, into sink: inout DocumentSink) throws {
        var buffer: [UInt8] = []
        var startLine = 0
        while let line = try sink.check.joining(reader.next) {
            guard try sink.check.accepts(line) else { continue }
            var rest = Array(line.bytes)[...]
            while true {
                if startLine == 0 {
                    rest = rest.drop { $0 <= 32 }
                    if rest.isEmpty { break }
                    guard SGML.matches("<doc>", rest) else {
                        try sink.check.report(line: line.number, "text outside <DOC> … </DOC>", remedy: expected)
                        throw sink.check.errors
                    }
                    rest = rest.dropFirst(5)
                    startLine = line.number
                }
                guard let close = SGML.find("</doc>", in: rest) else {
                    buffer += rest
                    buffer.append(10)
                    break
                }
                buffer += rest[rest.startIndex..<close]
                try add(buffer, line: startLine, to: &sink)
                buffer.removeAll(keepingCapacity: true)
                startLine = 0
                rest = rest[(close + 6)...]
            }
            if buffer.count > TextFolder.fileLimit { break }
        }
        if startLine > 0 {
            try sink.check.report(line: startLine, "the <DOC> that begins here is never closed", remedy: expected)
        }
    }

    private static func add(_ bytes: [UInt8], line: Int, to sink: inout DocumentSink) throws {
        guard let text = try sink.check.text(bytes, line: line) else { return }
        let elements: [SGML.Element]
        do {
            elements = try SGML.elements(of: text)
        } catch let fault as SGML.Fault {
            return try sink.check.report(line: line, fault.problem, remedy: expected)
        }
        let names = elements.filter { $0.name == "docno" }
        let texts = elements.filter { $0.name == "text" }
        if names.count != 1 || texts.isEmpty {
            let missing =
                names.count > 1 ? "more than one <DOCNO>" : names.isEmpty ? "missing <DOCNO>" : "missing <TEXT>"
            return try sink.check.report(line: line, missing, remedy: expected)
        }
        let title = elements.filter { titles.contains($0.name) }.map { SGML.plainText($0.content) }
        let other = elements.filter { $0.name != "docno" && $0.name != "text" && !titles.contains($0.name) }
        let fields = other.map { JSONText.quoted($0.name) + ": " + JSONText.quoted(SGML.plainText($0.content)) }
        try sink.add(
            Document(
                id: names[0].content.trimmedOfSpaces, title: title.joined(separator: " "),
                text: texts.map { SGML.plainText($0.content) }.joined(separator: "\n"),
                metadata: fields.isEmpty ? nil : "{" + fields.joined(separator: ", ") + "}"),
            line: line)
    }
}
