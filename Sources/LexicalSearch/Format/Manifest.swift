import DurableStorage
import Essentials
import RetrievalData
import TextAnalysis

/// What an index consists of: the one file whose replacement commits a change.
struct Manifest: Codable, Sendable, Hashable {
    /// One file of a segment.
    struct File: Codable, Sendable, Hashable {
        var name: String
        var size: Int
        var checksum: UInt32

        var seal: FileSeal { FileSeal(size: size, checksum: checksum) }

        init(name: String, seal: FileSeal) {
            self.name = name
            size = seal.size
            checksum = seal.checksum
        }
    }

    /// One searchable field of a segment.
    struct Field: Codable, Sendable, Hashable {
        var name: String
        /// Documents with at least one term.
        var documentCount: Int
        /// The sum of the documents' lengths in terms.
        var totalLength: Int
        var termCount: Int
        var postingCount: Int
        var terms: File
        var postings: File
        var lengths: File
        /// Token positions; nil where none are stored.
        var positions: File?
        /// What the segment's deleted documents take away from the numbers above.
        var corrections: Corrections?
    }

    /// What deleted documents take away from the numbers of a field.
    struct Corrections: Codable, Sendable, Hashable {
        /// The deleted documents with at least one term.
        var documentCount: Int
        /// The sum of their lengths in terms.
        var totalLength: Int
        /// The number of their postings.
        var postingCount: Int
        /// How many postings of each term they take away.
        var terms: File
    }

    /// The deleted documents of a segment.
    struct Deletions: Codable, Sendable, Hashable {
        /// The number of deleted documents.
        var documentCount: Int
        /// Those of them with a term in at least one field; nil where the index has one field.
        var documentsWithTerms: Int?
        /// Which they are.
        var bitmap: File
    }

    /// Documents that were indexed together; its files are never changed, those of its deletions are replaced by later ones.
    struct Segment: Codable, Sendable, Hashable {
        var name: String
        var documentCount: Int
        /// Documents with a term in at least one field, deleted ones included; nil where the index has one field.
        var documentsWithTerms: Int?
        var fields: [Field]
        var ids: File
        var texts: File?
        /// Metadata for filters; nil where no document has any.
        var columns: File?
        /// The number of documents that have metadata for filters; nil where that was not looked at when the segment was written.
        var metadataCount: Int?
        /// The documents that were deleted since the segment was written; nil where none were.
        var deletions: Deletions?
    }

    /// The one field of an index without fields by name: title, a space, text.
    static let contentsField = "contents"

    var format: Int
    /// The number of commits so far.
    var generation: Int
    var analyzer: AnalyzerIdentity
    /// Whether segments hold stored text.
    var storesText: Bool
    /// True where segments hold token positions, else nil.
    var storesPositions: Bool?
    /// The searchable fields with their default weights; nil for the one field `contents`.
    var fields: FieldWeights?
    var segments: [Segment]
    /// The part of a corpus that the index holds; nil where it holds the whole.
    var shard: ShardRecord?

    /// The number to use for the next segment's name.
    var nextSegment: Int

    /// The names of every segment's fields.
    var fieldNames: [String] { fields?.names ?? [Self.contentsField] }

    /// Writes the manifest aside, and replaces the one that is there: the commit.
    func commit(to directory: any Directory) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let json = [UInt8](try encoder.encode(self)) + [0x0A]
        try directory.sync()
        try directory.replace(IndexFormat.manifestName) { aside in
            let file = try ChecksummedFileWriter(
                directory, aside, kind: IndexFormat.manifestKind, version: IndexFormat.version)
            try file.write(json)
            _ = try file.finish()
        }
    }

    /// Reads the manifest of a directory; `notFound` where there is none.
    static func read(from directory: any Directory) throws -> Manifest {
        let file = try ChecksummedFile(
            directory, IndexFormat.manifestName, kind: IndexFormat.manifestKind, version: IndexFormat.version)
        let json = Data(try file.body().bytes)
        let manifest: Manifest
        do {
            manifest = try JSONDecoder().decode(Manifest.self, from: json)
        } catch {
            throw StorageError.corrupt(file: file.file.name, reason: "its content is not a manifest")
        }
        try manifest.validate(file: file.file.name)
        return manifest
    }

    /// Throws where the numbers cannot be true or the index needs what this version does not know.
    private func validate(file: String) throws {
        func require(_ condition: Bool, _ reason: String) throws {
            if !condition { throw StorageError.corrupt(file: file, reason: reason) }
        }
        func incompatible(_ reason: String) -> StorageError {
            .incompatible(
                file: file, reason: reason,
                remedy: "use the version of the program that wrote the index, or build it again")
        }
        if format != Int(IndexFormat.version) { throw incompatible("the index has format \(format)") }
        // So few, and every number below so small, that no sum over segments overflows.
        try require(segments.count < 512, "impossible number of segments")
        try require((0...(1 << 53)).contains(generation), "impossible number of commits")
        try require((1...(1 << 53)).contains(nextSegment), "impossible number of the next segment")
        try require(Set(segments.map(\.name)).count == segments.count, "two segments of one name")
        var total = 0
        var size = 0
        for segment in segments {
            try require(segment.isNamedBelow(nextSegment), "impossible name of a segment")
            try require(
                (0...IndexFormat.maximumDocumentCount).contains(segment.documentCount), "impossible number of documents"
            )
            total += segment.documentCount
            try require(total <= Int(UInt32.max), "impossible number of documents")
            try require((segment.texts != nil) == storesText, "stored text in some segments only")
            try require(segment.fields.map(\.name) == fieldNames, "a segment's fields are not those of the index")
            var length = 0
            for field in segment.fields {
                try require((field.positions != nil) == (storesPositions == true), "positions in some segments only")
                try require((0...segment.documentCount).contains(field.documentCount), "impossible number of documents")
                try require(
                    field.termCount >= 0 && field.postingCount >= field.termCount, "impossible number of postings")
                try require((0...(1 << 53)).contains(field.totalLength), "impossible total length")
                try require(field.totalLength >= field.postingCount, "impossible total length")
                length += field.totalLength
            }
            try require(length <= 1 << 53, "impossible total length")
            try require(segment.documentsWithTermsArePossible, "impossible number of documents")
            try require(segment.deletionsArePossible, "impossible deletions")
            try require(segment.columnsArePossible, "impossible columns")
            for file in segment.files {
                try require(segment.owns(file) && (0...(1 << 50)).contains(file.size), "impossible file")
                size += file.size
                try require(size <= 1 << 60, "impossible size")
            }
            try require(segment.deletionsAreNamed(upTo: generation), "deletions of a later commit")
        }
    }
}

extension Manifest.Segment {
    /// All files of the segment.
    var files: [Manifest.File] { kindsOfFiles.map(\.file) }

    /// All files of the segment with what they must hold.
    var kindsOfFiles: [(file: Manifest.File, kind: FileKind)] {
        var files: [(file: Manifest.File, kind: FileKind)] = []
        for field in fields {
            files.append((field.terms, IndexFormat.termsKind))
            files.append((field.postings, IndexFormat.postingsKind))
            if let positions = field.positions { files.append((positions, IndexFormat.positionsKind)) }
            files.append((field.lengths, IndexFormat.lengthsKind))
            if let corrections = field.corrections {
                files.append((corrections.terms, IndexFormat.correctionsKind))
            }
        }
        files.append((ids, IndexFormat.idsKind))
        if let texts { files.append((texts, IndexFormat.textsKind)) }
        if let columns { files.append((columns, IndexFormat.columnsKind)) }
        if let deletions { files.append((deletions.bitmap, IndexFormat.deletionsKind)) }
        return files
    }

    /// Whether the name is `segment-N` of an N that was given already, so that no later segment takes the same.
    fileprivate func isNamedBelow(_ next: Int) -> Bool {
        guard let number = Int(name.dropFirst("segment-".count)), number >= 1, number < next else { return false }
        return name == "segment-\(number)"
    }

    /// Whether a file's name is one of the segment's, which lies in the folder of the index and is no other segment's.
    fileprivate func owns(_ file: Manifest.File) -> Bool {
        file.name.hasPrefix(name + ".") && !file.name.contains("/")
    }

    /// Whether the files of the deletions bear the number of a commit that was, so that no later one writes over them.
    fileprivate func deletionsAreNamed(upTo generation: Int) -> Bool {
        let files = [deletions?.bitmap].compactMap { $0 } + fields.compactMap(\.corrections?.terms)
        return files.allSatisfy { file in
            file.name.split(separator: "-").last.flatMap { Int($0) }.map { $0 <= generation } ?? false
        }
    }

    /// The number of documents that are not deleted.
    var liveDocumentCount: Int { documentCount - (deletions?.documentCount ?? 0) }

    /// The number of documents that are not deleted and have a term in at least one field.
    var liveDocumentsWithTerms: Int {
        (documentsWithTerms ?? fields[0].documentCount)
            - (deletions?.documentsWithTerms ?? fields[0].corrections?.documentCount ?? 0)
    }

    /// Whether the numbers of documents with terms are given where they must be and can be true of the segment.
    fileprivate var documentsWithTermsArePossible: Bool {
        guard fields.count > 1 else { return documentsWithTerms == nil && deletions?.documentsWithTerms == nil }
        guard let documentsWithTerms, (0...documentCount).contains(documentsWithTerms),
            fields.allSatisfy({ $0.documentCount <= documentsWithTerms })
        else { return false }
        guard let deletions else { return true }
        guard let deleted = deletions.documentsWithTerms else { return false }
        return (0...min(documentsWithTerms, max(0, deletions.documentCount))).contains(deleted)
    }

    /// Whether there is a file of columns exactly where documents have metadata.
    fileprivate var columnsArePossible: Bool {
        (0...documentCount).contains(metadataCount ?? 0) && (columns != nil) == ((metadataCount ?? 0) > 0)
    }

    /// Whether the numbers of the deletions can be true of the segment.
    fileprivate var deletionsArePossible: Bool {
        guard let deletions else { return fields.allSatisfy { $0.corrections == nil } }
        guard (0...documentCount).contains(deletions.documentCount) else { return false }
        return fields.allSatisfy { field in
            guard let corrections = field.corrections else { return false }
            return (0...min(field.documentCount, deletions.documentCount)).contains(corrections.documentCount)
                && (0...field.totalLength).contains(corrections.totalLength)
                && (0...field.postingCount).contains(corrections.postingCount)
        }
    }
}
