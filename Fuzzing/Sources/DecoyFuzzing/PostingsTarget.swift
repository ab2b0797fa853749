import DurableStorage

@testable import LexicalSearch

/// A list of any bytes: the decoder throws `corrupt`, or gives what a list must hold, and finds each part of it.
///
/// The first byte says what the rest is: 0 a posting list, 1 a list of positions, else the columns of a segment (`ColumnsInput`).
///
/// - A posting list follows the number of postings (2 bytes) and the number of documents less one (4 bytes): its documents ascend below
///   the limit, frequencies are at least 1.
/// - A list of positions follows the number of postings (2 bytes) and as many frequencies (1 byte each): positions ascend.
enum PostingsTarget {
    static func run(_ input: FuzzInput) {
        var input = input
        do {
            switch input.byte() {
            case 0: try decodePostings(&input)
            case 1: try decodePositions(&input)
            default: try ColumnsInput.run(&input)
            }
        } catch is StorageError {
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }

    private static func decodePostings(_ input: inout FuzzInput) throws {
        let count = Int(input.integer(UInt16.self))
        let limit = Int(input.integer(UInt32.self)) + 1
        let file = MappedFile(name: "postings", bytes: input.remainder())
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

    private static func decodePositions(_ input: inout FuzzInput) throws {
        let count = Int(input.integer(UInt16.self)) % 1024
        let frequencies = (0..<count).map { _ in UInt32(input.byte()) }
        let file = MappedFile(name: "positions", bytes: input.remainder())
        var reader = try PositionListReader(file.view, count: count)
        var all: [[UInt32]] = []
        var coded: [[UInt8]] = []
        var positions: [UInt32] = []
        for (index, frequency) in frequencies.enumerated() {
            if index % IndexFormat.blockSize == 0 { try reader.begin(block: index / IndexFormat.blockSize) }
            var same = reader
            try reader.read(frequency: frequency, into: &positions)
            require(positions.count == Int(frequency), "\(positions.count) positions of \(frequency)")
            require(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "positions that do not ascend")
            coded.append([UInt8](try same.next(frequency: frequency)))
            all.append(positions)
        }
        _ = try reader.listEnd
        // The list is sound: what passes over some finds the rest, and written anew it is read as the same.
        for start in stride(from: count - 1, through: 0, by: -37) {
            let block = start / IndexFormat.blockSize
            try reader.begin(block: block)
            try reader.skip(frequencies[block * IndexFormat.blockSize..<start].reduce(0) { $0 + Int($1) })
            try reader.read(frequency: frequencies[start], into: &positions)
            require(positions == all[start], "other positions when sought")
        }
        let owned = coded.map { PositionBytes($0) }
        var written = ByteWriter()
        withExtendedLifetime(owned) {
            owned.map(\.bytes).withUnsafeBufferPointer { PositionCoding.appendList($0, into: &written) }
        }
        let again = MappedFile(name: "positions", bytes: written.bytes)
        var second = try PositionListReader(again.view, count: count)
        for (index, frequency) in frequencies.enumerated() {
            if index % IndexFormat.blockSize == 0 { try second.begin(block: index / IndexFormat.blockSize) }
            try second.read(frequency: frequency, into: &positions)
            require(positions == all[index], "other positions when written anew")
        }
    }
}
