import DurableStorage
import RetrievalData

/// Makes the columns of a segment from its documents; values beyond the memory allowed are written aside and merged at the end.
///
/// The file has the same bytes whatever the batches and the memory.
final class ColumnsBuilder {
    private let directory: any Directory
    private let segment: String
    private let memory: Int
    private var reader = MetadataReader()
    private var documentCount = 0
    /// The keys, and the values (the key's number, the kind, the bytes); nil until the first document with metadata.
    private var tables: (keys: TermTable, values: TermTable)?
    /// Pairs of a value (high half) and a document (low half), documents ascending.
    private var pairs: [UInt64] = []
    private var value: [UInt8] = []
    private var runs: [String] = []

    init(_ directory: any Directory, segment: String, memory: Int) {
        self.directory = directory
        self.segment = segment
        self.memory = memory
    }

    /// Adds documents after those that were added before; throws an `InputError` where metadata are no JSON object.
    func add(_ documents: [Document]) throws {
        for document in documents {
            defer { documentCount += 1 }
            guard let metadata = document.metadata, !metadata.isEmpty else { continue }
            do {
                try reader.read(metadata)
            } catch let fault as MetadataReader.Fault {
                throw InputError(
                    source: "<documents>",
                    problem: "the metadata of document '\(document.id)' at byte \(fault.offset): \(fault.problem)",
                    remedy: "give metadata as one JSON object, or none")
            }
            if !reader.values.isEmpty { addValues() }
        }
        if let tables, tables.keys.memory + tables.values.memory + 8 * pairs.count > memory { try spill() }
    }

    /// Takes over the values of the document at hand.
    private func addValues() {
        let (keys, values) = tables ?? (TermTable(), TermTable())
        if tables == nil { tables = (keys, values) }
        let document = UInt64(documentCount)
        reader.storage.withUnsafeBufferPointer { storage in
            for field in reader.values {
                let key = keys.number(of: UnsafeBufferPointer(rebasing: storage[field.key]))
                value.removeAll(keepingCapacity: true)
                withUnsafeBytes(of: UInt32(truncatingIfNeeded: key).bigEndian) { value.append(contentsOf: $0) }
                value.append(field.kind.rawValue)
                value.append(contentsOf: UnsafeBufferPointer(rebasing: storage[field.bytes]))
                let number = value.withUnsafeBufferPointer { values.number(of: $0) }
                pairs.append(UInt64(number) << 32 | document)
            }
        }
    }

    /// Writes what is in memory aside.
    private func spill() throws {
        let name = "run-columns-\(runs.count + 1)"
        let writer = ColumnsWriter(directory, name, documentCount: documentCount)
        try write(to: writer)
        if try writer.finish() != nil { runs.append(name) }
    }

    /// Writes the file and returns what the manifest says of it; nil where no document has a value.
    func finish() throws -> (columns: Manifest.File?, documents: Int) {
        let writer = ColumnsWriter(
            directory, IndexFormat.fileName(segment: segment, suffix: "columns"), documentCount: documentCount)
        if runs.isEmpty {
            try write(to: writer)
        } else {
            try spill()
            let inputs = try runs.map { name in
                let file = try ChecksummedFile(
                    directory, name, kind: IndexFormat.columnsKind, version: IndexFormat.version)
                let count = try file.load(UInt64.self, at: file.bodyEnd - SegmentColumns.trailerSize)
                return ColumnsMerger.Input(
                    columns: try SegmentColumns(file, documentCount: Int(clamping: count)), numbers: nil)
            }
            try ColumnsMerger.merge(inputs, into: writer)
        }
        let file = try writer.finish()
        for run in runs { try directory.delete(run) }
        return (file, writer.documentsWithValues)
    }

    /// Writes what is in memory in the order of columns, and forgets it.
    private func write(to writer: ColumnsWriter) throws {
        guard let tables else { return }
        let (keyBytes, keyOffsets) = tables.keys.contents
        var (bytes, offsets) = tables.values.contents
        self.tables = nil
        // Values sort by their keys as soon as these are numbered in their order.
        let keys = keyBytes.withUnsafeBytes { ByteOrder.sortedIndexes(bytes: $0, offsets: keyOffsets) }
        var places = [UInt32](repeating: 0, count: keys.count)
        for (place, key) in keys.enumerated() { places[Int(key)] = UInt32(place) }
        bytes.withUnsafeMutableBytes { bytes in
            for start in offsets.dropLast() {
                let key = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))
                bytes.storeBytes(of: places[Int(key)].bigEndian, toByteOffset: start, as: UInt32.self)
            }
        }
        let order = bytes.withUnsafeBytes { ByteOrder.sortedIndexes(bytes: $0, offsets: offsets) }
        let (starts, documents) = documentsByValue(count: order.count)
        try keyBytes.withUnsafeBytes { keyBytes in
            try bytes.withUnsafeBytes { bytes in
                for number in order.lazy.map({ Int($0) }) {
                    let value = UnsafeRawBufferPointer(rebasing: bytes[offsets[number]..<offsets[number + 1]])
                    let key = Int(keys[Int(UInt32(bigEndian: value.loadUnaligned(as: UInt32.self)))])
                    guard let kind = MetadataKind(rawValue: value[4]) else { continue }
                    try writer.add(
                        key: UnsafeRawBufferPointer(rebasing: keyBytes[keyOffsets[key]..<keyOffsets[key + 1]]),
                        kind: kind, value: UnsafeRawBufferPointer(rebasing: value.dropFirst(5))
                    ) { add in for place in starts[number]..<starts[number + 1] { add(Int(documents[place])) } }
                }
            }
        }
    }

    /// The documents of each value, by counting.
    private func documentsByValue(count: Int) -> (starts: [Int], documents: [UInt32]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for pair in pairs { starts[Int(pair >> 32) + 1] += 1 }
        for value in 0..<count { starts[value + 1] += starts[value] }
        var next = starts
        var documents = [UInt32](repeating: 0, count: pairs.count)
        for pair in pairs {
            let value = Int(pair >> 32)
            documents[next[value]] = UInt32(truncatingIfNeeded: pair)
            next[value] += 1
        }
        pairs = []
        return (starts, documents)
    }
}
