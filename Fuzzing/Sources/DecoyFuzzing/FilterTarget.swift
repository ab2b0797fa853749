import DurableStorage

@testable import LexicalSearch

/// A filter of any text: it is refused with a column of the text, or spells itself, and is true for the documents for which it is true by their
/// metadata.
///
/// The text is read as the metadata of a document too: they are refused, or give values of their kinds.
enum FilterTarget {
    private static let reader = SmallIndex.reader(.plain)
    private static let documents: [(id: String, fields: [(key: String, values: [Metadata.Value])])] = {
        do {
            return try reader.documentIDs().map { id in (id, Metadata.values(of: Int(id.dropFirst()) ?? 0)) }
        } catch {
            fatalError("\(error)")
        }
    }()
    private static let searcher: Searcher = {
        do { return try Searcher(reader: reader) } catch { fatalError("\(error)") }
    }()

    static func run(_ input: FuzzInput) {
        var input = input
        let text = String(decoding: input.remainder(), as: UTF8.self)
        readMetadata(text)
        do {
            let filter = try MetadataFilter(text)
            do {
                let again = try MetadataFilter(filter.description)
                require(again == filter, "read as \(again), written as \(filter)")
                require(again.description == filter.description, "written again it differs: \(filter)")
            } catch {
                fatalError("\(error) in what was written")
            }
            let found = try searcher.restricted(to: filter).documentIDs()
            let wanted = documents.filter { Self.isTrue(filter.expression, $0.fields) }.map(\.id)
            require(found == wanted, "\(filter): \(found) and not \(wanted)")
        } catch let error as FilterError {
            require(!error.description.isEmpty, "an error without words")
            if case .syntax(let expression, let column, _, _) = error {
                require(
                    expression == text && (1...text.unicodeScalars.count + 1).contains(column), "column \(column)")
            }
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }

    private static func readMetadata(_ text: String) {
        var reader = MetadataReader()
        do {
            try reader.read(text)
        } catch let fault as MetadataReader.Fault {
            return require((0...text.utf8.count).contains(fault.offset), "a fault at byte \(fault.offset)")
        } catch {
            fatalError("an error of another type: \(error)")
        }
        for value in reader.values {
            require(value.kind.holds(Array(reader.storage[value.bytes])), "a value that is not of its kind")
            require(value.key.count <= MetadataKind.maximumLength, "a key of \(value.key.count) bytes")
        }
    }

    private static func isTrue(
        _ expression: FilterExpression, _ fields: [(key: String, values: [Metadata.Value])]
    ) -> Bool {
        func values(_ key: String) -> [Metadata.Value] {
            fields.filter { $0.key.utf8.elementsEqual(key.utf8) }.flatMap(\.values)
        }
        return switch expression {
        case .comparison(let key, let comparison, let value):
            values(key).contains { holds($0, comparison, value) }
        case .oneOf(let key, let list): values(key).contains { value in list.contains { holds(value, .equal, $0) } }
        case .exists(let key): !values(key).isEmpty
        case .not(let operand): !isTrue(operand, fields)
        case .all(let operands): operands.allSatisfy { isTrue($0, fields) }
        case .any(let operands): operands.contains { isTrue($0, fields) }
        }
    }

    private static func holds(_ stored: Metadata.Value, _ comparison: FilterComparison, _ value: FilterValue) -> Bool {
        func compare<T: Comparable>(_ one: T, _ other: T) -> Bool {
            switch comparison {
            case .equal: one == other
            case .notEqual: one != other
            case .less: one < other
            case .lessOrEqual: one <= other
            case .greater: one > other
            case .greaterOrEqual: one >= other
            }
        }
        let isDifferent = comparison == .notEqual
        switch (stored, value) {
        case (.number(let one), .number(let other)): return compare(one, other)
        case (.string(let text), .number(let other)):
            let spelled = text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/)
            guard spelled != nil, let one = Double(text) else { return isDifferent }
            return compare(one, other)
        case (.boolean(let one), .boolean(let other)): return compare(one ? 1 : 0, other ? 1 : 0)
        case (.string(let text), .boolean(let other)):
            return text == "true" || text == "false" ? compare(text == "true" ? 1 : 0, other ? 1 : 0) : isDifferent
        case (.string(let one), .string(let other)):
            if one.utf8.count > MetadataKind.maximumLength { return isDifferent }
            let (one, other) = (Array(one.utf8), Array(other.utf8))
            return compare(one == other ? 0 : one.lexicographicallyPrecedes(other) ? -1 : 1, 0)
        default: return isDifferent
        }
    }
}
