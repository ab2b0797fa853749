/// Takes documents as a reader finds them, checks their ids, and hands them on in batches while nothing is wrong.
struct DocumentSink {
    /// What was wrong so far.
    var check: InputCheck
    private var ids = Identifiers(noun: "document")
    private var waiting: [Document] = []
    private let batch: Int
    private let each: ([Document]) throws -> Void

    init(source: String, batch: Int, each: @escaping ([Document]) throws -> Void) {
        check = InputCheck(source: source)
        self.batch = max(batch, 1)
        self.each = each
    }

    /// Takes one document that was read from a line.
    mutating func add(_ document: Document, line: Int) throws {
        guard try ids.accept(document.id, line: line, check: &check) else { return }
        waiting.append(document)
        if waiting.count >= batch { try flush() }
    }

    /// Hands on what is left; throws what was wrong, or that there was no document.
    mutating func finish() throws {
        if ids.count == 0, check.isClean {
            try check.report(line: nil, "the corpus is empty", remedy: "expected at least one document")
        }
        try check.finish()
        try flush()
    }

    private mutating func flush() throws {
        if check.isClean, !waiting.isEmpty { try each(waiting) }
        waiting.removeAll(keepingCapacity: true)
    }
}
