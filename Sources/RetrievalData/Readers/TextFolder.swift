import Essentials

/// A folder of `.txt` and `.md` files, one document a file, folders within folders included.
///
/// The order is the byte order of the relative paths; the id is that path, with white space, control characters and `%`
/// percent-encoded. Names that begin with a dot are left out, and so is what has another ending; symbolic links to
/// folders are not followed.
enum TextFolder {
    /// The most bytes of a file.
    static let fileLimit = 64 << 20

    /// Reads all documents below a folder.
    static func read(_ path: String, into sink: inout DocumentSink) throws {
        var names: [String] = []
        try collect(path, prefix: "", into: &names)
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if names.isEmpty {
            let remedy = "expected corpus.jsonl (a BEIR folder), or .txt or .md files"
            try sink.check.report(line: nil, "the folder holds no documents", remedy: remedy)
        }
        for name in names {
            var check = InputCheck(source: path + "/" + name)
            if let document = try document(path + "/" + name, name: name, check: &check) {
                try sink.add(document, line: 1)
            }
            for error in check.errors.errors { try sink.check.add(error) }
        }
    }

    /// Whether there is any document below a folder.
    static func hasDocuments(_ path: String) -> Bool {
        var names: [String] = []
        try? collect(path, prefix: "", into: &names)
        return !names.isEmpty
    }

    private static func collect(_ folder: String, prefix: String, into names: inout [String]) throws {
        let entries: [String]
        do {
            entries = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw FileError.unreadable(path: folder, reason: "the folder cannot be listed")
        }
        for entry in entries where !entry.hasPrefix(".") {
            let path = folder + "/" + entry
            switch PathKind(path) {
            case .folder:
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
                if !isLink { try collect(path, prefix: prefix + entry + "/", into: &names) }
            case .file:
                let lowercase = entry.lowercased()
                if lowercase.hasSuffix(".txt") || lowercase.hasSuffix(".md") { names.append(prefix + entry) }
            case .nothing:
                throw FileError.unreadable(path: path, reason: "the link leads nowhere, or the name is not UTF-8")
            }
        }
    }

    private static func document(_ path: String, name: String, check: inout InputCheck) throws -> Document? {
        let reader = try LineReader(path: path)
        var lines: [String] = []
        var size = 0
        while let line = try reader.next() {
            guard try check.accepts(line), let text = try check.text(line.bytes, line: line.number) else { return nil }
            lines.append(text)
            size += line.bytes.count + 1
            if size > fileLimit {
                try check.report(
                    line: line.number, "the file is longer than \(fileLimit >> 20) MB", remedy: "split the document")
                return nil
            }
        }
        let (title, body) = titleAndBody(lines)
        let file = name.split(separator: "/").last.map(String.init) ?? name
        let stem = file.split(separator: ".").dropLast().joined(separator: ".")
        return Document(id: identifier(name), title: title ?? (stem.isEmpty ? file : stem), text: body)
    }

    /// The first line as title where it looks like one: a Markdown heading, or a short line that a blank line or an
    /// underline follows.
    static func titleAndBody(_ lines: [String]) -> (title: String?, body: String) {
        let start = lines.firstIndex { !$0.trimmedOfSpaces.isEmpty } ?? lines.count
        let whole = lines[start...].joined(separator: "\n").trimmedOfSpaces
        guard start < lines.count else { return (nil, whole) }
        let first = lines[start].trimmedOfSpaces
        let heading = String(first.drop { $0 == "#" }).trimmedOfSpaces
        let next = start + 1 < lines.count ? lines[start + 1].trimmedOfSpaces : ""
        let underlined =
            next.utf8.count >= 3 && (next.utf8.allSatisfy { $0 == 61 } || next.utf8.allSatisfy { $0 == 45 })
        let isHeading = first.hasPrefix("#") && !heading.isEmpty && heading.utf8.count <= 200
        let isShort = first.utf8.count <= 100 && !(first.last.map { ".,;:".contains($0) } ?? true)
        guard isHeading || (isShort && (underlined || (next.isEmpty && start + 1 < lines.count))) else {
            return (nil, whole)
        }
        let rest = lines[min(start + (underlined ? 2 : 1), lines.count)...]
        return (isHeading ? heading : first, rest.joined(separator: "\n").trimmedOfSpaces)
    }

    /// A relative path as an id.
    static func identifier(_ name: String) -> String {
        if Identifiers.isPlain(name), !name.utf8.contains(UInt8(ascii: "%")) { return name }
        var id = ""
        for scalar in name.unicodeScalars {
            let category = scalar.properties.generalCategory
            if scalar == "%" || scalar.properties.isWhitespace || category == .control {
                for byte in String(scalar).utf8 {
                    id += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
            } else {
                id.unicodeScalars.append(scalar)
            }
        }
        return id
    }
}
