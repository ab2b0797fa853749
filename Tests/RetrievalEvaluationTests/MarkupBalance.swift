/// Checks that every tag of a page is closed in order, and collects elements and attributes.
struct MarkupBalance {
    private(set) var errors: [String] = []
    /// How often each element was opened.
    private(set) var opened: [String: Int] = [:]
    /// The values of every `id`.
    private(set) var ids: [String] = []
    /// Headings in their order, as levels.
    private(set) var headings: [Int] = []

    private static let void: Set<String> = ["meta", "link", "br", "hr"]

    init(_ page: String) {
        var open: [String] = []
        var rest = page[...]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else {
                errors.append("a tag has no end")
                break
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("!") { continue }
            if tag.hasPrefix("/") {
                let name = String(tag.dropFirst())
                if open.last == name {
                    open.removeLast()
                } else {
                    errors.append("</\(name)> closes \(open.last ?? "nothing")")
                }
                continue
            }
            let name = String(tag.prefix { $0.isLetter || $0.isNumber })
            if name.isEmpty { errors.append("a tag without a name: \(tag.prefix(20))") }
            opened[name, default: 0] += 1
            if tag.filter({ $0 == "\"" }).count % 2 == 1 { errors.append("odd quotes in \(tag)") }
            if let id = tag.range(of: " id=\"") { ids.append(String(tag[id.upperBound...].prefix { $0 != "\"" })) }
            if name.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) { headings.append(level) }
            if !tag.hasSuffix("/") && !Self.void.contains(name) { open.append(name) }
        }
        for name in open { errors.append("<\(name)> is not closed") }
    }
}
