import RetrievalData

/// What identifies a question: a query and a candidate.
public struct QuestionID: Sendable, Hashable, Codable {
    /// The query.
    public var query: QueryID
    /// The candidate.
    public var document: DocumentID

    /// An id from its parts.
    public init(query: QueryID, document: DocumentID) {
        self.query = query
        self.document = document
    }
}

/// One line of an answer log: a reviewer's verdict on a question, or that the reviewer takes the last one back.
public struct Answer: Sendable, Hashable {
    /// The question.
    public var question: QuestionID
    /// Who answered.
    public var reviewer: String
    /// When, in UTC: `2026-11-26T13:05:00Z`.
    public var time: String
    /// The verdict; nil takes the reviewer's last answer to the question back, so that the one before it, if any, stands again.
    public var verdict: Verdict?

    /// An answer from its parts.
    public init(question: QuestionID, reviewer: String, time: String, verdict: Verdict?) {
        self.question = question
        self.reviewer = reviewer
        self.time = time
        self.verdict = verdict
    }
}

extension Answer {
    static let expected =
        #"expected {"document": "…", "query": "…", "reviewer": "…", "time": "…", "verdict": "wrong", "relevant", "unsure" or null}"#

    /// The answer as one line of JSON with its end; the same answer gives the same bytes.
    public var jsonLine: String {
        """
        {"document":\(JSONText.quoted(question.document)),"query":\(JSONText.quoted(question.query)),\
        "reviewer":\(JSONText.quoted(reviewer)),"time":\(JSONText.quoted(time)),\
        "verdict":\(verdict.map { JSONText.quoted($0.rawValue) } ?? "null")}

        """
    }

    /// Why a line is no answer.
    struct Fault: Error { var problem: String }

    /// The answer of a line without its end; throws a `Fault`.
    init(parsing line: some Collection<UInt8>) throws {
        guard let text = String(validating: line, as: UTF8.self) else {
            throw Fault(problem: "the bytes are not valid UTF-8")
        }
        let object: JSONLine
        do {
            object = try JSONLine(parsing: text)
        } catch let problem as JSONLine.Problem {
            throw Fault(problem: problem.description)
        }
        func string(_ key: String) throws -> String {
            guard let value = object[key] else { throw Fault(problem: "missing field \"\(key)\"") }
            guard case .string(let text) = value else {
                throw Fault(problem: "field \"\(key)\" is \(value.kind), not a string")
            }
            guard !text.isEmpty else { throw Fault(problem: "field \"\(key)\" is empty") }
            return text
        }
        question = QuestionID(query: try string("query"), document: try string("document"))
        reviewer = try string("reviewer")
        guard ReviewerName.isUsable(reviewer) else {
            throw Fault(problem: "\(JSONText.quoted(reviewer)) is no reviewer's name: \(ReviewerName.rule)")
        }
        time = try string("time")
        if object["verdict"] == .null {
            verdict = nil
        } else {
            let name = try string("verdict")
            guard let known = Verdict(rawValue: name) else {
                throw Fault(problem: "there is no verdict \(JSONText.quoted(name))")
            }
            verdict = known
        }
    }
}
