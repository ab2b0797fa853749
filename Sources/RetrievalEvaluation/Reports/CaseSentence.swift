/// Says of one query what stood wrongly first and where the relevant document went.
enum CaseSentence {
    /// One or two sentences.
    static func text(_ query: QueryCase) -> String {
        var text = ""
        if let wrong = query.wrong {
            let when = query.valueAfter < query.valueBefore ? "after" : "before"
            // Of a document that nobody saw the judgements alone say so.
            let source = wrong.grade == nil ? "by the judgements " : ""
            text = "“\(wrong.title)” stood first \(when) and \(source)is not what was asked. "
        }
        return text + "The relevant document “\(query.relevant.title)” \(movement(query))."
    }

    private static func movement(_ query: QueryCase) -> String {
        switch (query.rankBefore, query.rankAfter) {
        case (let before?, let after?):
            before == after ? "stayed at rank \(before)" : "moved from rank \(before) to rank \(after)"
        case (nil, let after?): "was not found before and stands at rank \(after) after"
        case (let before?, nil): "stood at rank \(before) before and is not found after"
        case (nil, nil): "was found neither before nor after"
        }
    }
}
