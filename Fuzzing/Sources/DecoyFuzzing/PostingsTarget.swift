import DurableStorage

@testable import LexicalSearch

/// A posting list of any bytes: the decoder throws `corrupt`, or gives documents that ascend below the limit and frequencies of at least 1,
/// and finds each of them.
///
/// An input is the number of postings (2 bytes), the number of documents less one (4 bytes), and the list.
enum PostingsTarget {
    static func run(_ input: FuzzInput) {
        var input = input
        let count = Int(input.integer(UInt16.self))
        let limit = Int(input.integer(UInt32.self)) + 1
        let file = MappedFile(name: "postings", bytes: input.remainder())
        do {
            try decode(file, count: count, limit: limit)
        } catch is StorageError {
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }

    private static func decode(_ file: MappedFile, count: Int, limit: Int) throws {
        var cursor = try PostingCursor(file.view, count: count, documentLimit: limit)
        var postings: [(document: UInt32, frequency: UInt32)] = []
        while try cursor.next() {
            if cursor.hasDirectory { _ = cursor.bound(ofBlock: cursor.block).pairs }
            for place in 0..<cursor.size {
                let document = cursor.documents[place]
                let last = postings.last.map { Int($0.document) } ?? -1
                require(Int(document) > last && Int(document) < limit, "document \(document) after \(last) of \(limit)")
                require(cursor.frequencies[place] >= 1, "a frequency of 0")
                postings.append((document, cursor.frequencies[place]))
            }
        }
        // The list is sound: one that seeks must find all of it.
        require(postings.count == count, "\(postings.count) postings of \(count)")
        var seeker = try PostingCursor(file.view, count: count, documentLimit: limit)
        for (document, frequency) in postings.enumerated().filter({ $0.offset % 13 == 0 }).map(\.element) {
            guard try seeker.advance(to: document), let place = seeker.find(document) else {
                fatalError("document \(document) is not found")
            }
            require(seeker.frequency(at: place) == frequency, "another frequency when sought")
        }
    }
}
