/// A condition on the metadata of a document.
indirect enum FilterExpression: Sendable, Hashable {
    /// A value of the key compares so with the given one.
    case comparison(key: String, FilterComparison, FilterValue)
    /// A value of the key equals one of the given ones.
    case oneOf(key: String, [FilterValue])
    /// The key has a value.
    case exists(key: String)
    case not(FilterExpression)
    /// All of at least two.
    case all([FilterExpression])
    /// One of at least two.
    case any([FilterExpression])

    /// Calls `body` with each test of a key, and the values that it is compared with.
    func forEachTest(_ body: (_ key: String, FilterComparison?, [FilterValue]) throws -> Void) rethrows {
        switch self {
        case .comparison(let key, let comparison, let value): try body(key, comparison, [value])
        case .oneOf(let key, let values): try body(key, .equal, values)
        case .exists(let key): try body(key, nil, [])
        case .not(let operand): try operand.forEachTest(body)
        case .all(let operands), .any(let operands): for operand in operands { try operand.forEachTest(body) }
        }
    }
}

/// How two values are compared.
enum FilterComparison: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// Whether it needs an order.
    var isOrdered: Bool { self != .equal && self != .notEqual }

    /// Whether it holds where the left value is less (−1), equal (0) or greater (1).
    func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}

/// A value that stands in a filter.
enum FilterValue: Sendable, Hashable {
    case number(Double)
    case string(String)
    case boolean(Bool)
}
