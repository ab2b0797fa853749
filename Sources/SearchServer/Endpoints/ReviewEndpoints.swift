import NegativeReview

/// `/review/…`: questions to people about suspected negatives, and their answers.
enum ReviewEndpoints {
    private static let reviewer = Parameter(name: "reviewer", kind: .text(limit: 256), isRequired: true)

    /// The routes; without a session each says that there is nothing to review.
    static func routes(_ session: ReviewSession?) -> [Route] {
        func given(_ answer: @escaping @Sendable (ReviewSession, Arguments) throws -> ReviewState)
            -> @Sendable (Route.Call) throws -> ServerResponse
        {
            { call in
                guard let session else {
                    throw Problem.notFound("there is nothing to review; start the server with --negatives FILE")
                }
                do {
                    return try .json(try answer(session, call.arguments))
                } catch let error as ReviewError {
                    throw error.problem
                }
            }
        }
        return [
            Route(
                path: "/review/state", parameters: [reviewer],
                answer: given { try $0.state(of: try $1.required("reviewer")) }),
            Route(
                method: "POST", path: "/review/answers",
                parameters: [
                    reviewer, Parameter(name: "query", kind: .text(limit: 1024), isRequired: true),
                    Parameter(name: "document", kind: .text(limit: 1024), isRequired: true),
                    Parameter(name: "verdict", kind: .choice(Verdict.allCases.map(\.rawValue)), isRequired: true),
                ],
                answer: given { session, arguments in
                    let word = try arguments.required("verdict")
                    guard let verdict = Verdict(rawValue: word) else { throw Problem.badRequest("verdict: unknown") }
                    return try session.answer(
                        verdict, query: try arguments.required("query"), document: try arguments.required("document"),
                        by: try arguments.required("reviewer"))
                }),
            Route(
                method: "POST", path: "/review/undo", parameters: [reviewer],
                answer: given { try $0.undo(by: try $1.required("reviewer")) }),
        ]
    }
}

extension ReviewError {
    /// What a client is told.
    fileprivate var problem: Problem {
        switch self {
        case .unknownQuestion: Problem(404, "\(self)")
        case .nothingToUndo: Problem(409, "\(self)")
        case .badReviewer: Problem(400, "\(self)")
        }
    }
}
