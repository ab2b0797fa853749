/// What a writer takes of the documents that it is given: of a shard's those that belong to it, of any other all.
///
/// Every task is given the whole corpus or the whole change, so that all outputs of one work have the same hash of inputs.
package struct ShardIntake {
    private let record: ShardRecord?
    private let path: String
    private let isNew: Bool
    private let isNamed: Bool
    private var digest = InputDigest()
    private var isUsed = false

    /// For a new output; `nil` for one of all documents.
    package init(new record: ShardRecord?) {
        self.record = record
        path = ""
        isNew = true
        isNamed = true
    }

    /// For the output at a path, as its record has it; throws `ShardError.other` where the shard that is named is not its own.
    package init(changing record: ShardRecord?, named shard: Shard?, path: String) throws {
        if let shard, record?.shard != shard { throw ShardError.other(path: path, shard: record?.shard, given: shard) }
        self.record = record
        self.path = path
        isNew = false
        isNamed = shard != nil
    }

    /// The documents to add, as a change of a kind; throws `ShardError.unnamed` where a shard is changed that was not named.
    package mutating func own(_ documents: [Document], as change: String) throws -> [Document] {
        guard let shard = try begin() else { return documents }
        for document in documents {
            if !isNew { digest.add(change) }
            digest.add(document)
        }
        return documents.filter { shard.contains($0.id) }
    }

    /// Whether the document of an id is to be deleted, if it is there.
    package mutating func ownsDeletion(of id: DocumentID) throws -> Bool {
        guard let shard = try begin() else { return true }
        digest.add("delete " + id)
        return shard.contains(id)
    }

    /// The record of what came of it; nil for an output of all documents.
    package var outcome: ShardRecord? {
        guard var next = record else { return nil }
        if isNew {
            next.inputs = digest.text
        } else if isUsed {
            next.apply(change: digest)
        }
        return next
    }

    private mutating func begin() throws -> Shard? {
        guard let shard = record?.shard else { return nil }
        if !isNamed { throw ShardError.unnamed(path: path, shard: shard) }
        isUsed = true
        return shard
    }
}
