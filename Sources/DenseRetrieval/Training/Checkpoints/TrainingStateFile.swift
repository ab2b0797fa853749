import DurableStorage
import Essentials
import NumericKernels

/// One checkpoint of a training: a position and what it belongs to, in the checksummed container (`Documentation/formats/model.md`).
enum TrainingStateFile {
    static let kind: FileKind = "TRST"
    static let version: UInt16 = 2

    /// What stands before the values.
    struct Header: Codable {
        var program: String
        var identity: TrainingIdentity
        var options: TrainingOptions
        var step: Int
        var lossSum: Double
        var report: TrainingReport
        /// The learnt temperature with its moments; nil where it is fixed or not yet begun.
        var temperature: LearntTemperature?
        /// Whether the loss runs away.
        var watch: LossWatch?
        /// Whether the weights of the best evaluation stand behind the optimizer's; nil in old files, where every evaluation kept them.
        var hasBest: Bool?
    }

    /// Writes a checkpoint and makes it durable.
    static func write(
        _ position: TrainingPosition, program: String, identity: TrainingIdentity, options: TrainingOptions,
        to name: String, in folder: any Directory
    ) throws {
        let header = Header(
            program: program, identity: identity, options: options, step: position.state.steps,
            lossSum: position.lossSum, report: position.report, temperature: position.state.temperature,
            watch: position.watch, hasBest: !position.best.isEmpty)
        var text = Array(try DecoyRecord.text(header).utf8)
        while !text.count.isMultiple(of: 8) { text.append(UInt8(ascii: " ")) }
        let file = try ChecksummedFileWriter(folder, name, kind: kind, version: version)
        var bytes = ByteWriter()
        bytes.append(UInt64(text.count))
        bytes.append(text)
        try file.write(&bytes)
        for matrix in position.state.towers.matrices + position.best { try matrix.withBytes { try file.write($0) } }
        bytes.append(UInt64(position.chosen.negatives.count))
        for list in position.chosen.negatives {
            bytes.append(UInt32(list.count))
            for document in list { bytes.append(document) }
        }
        try file.write(&bytes)
        _ = try file.finish()
    }

    /// Reads the header alone.
    static func header(_ name: String, in folder: any Directory) throws -> Header {
        var reader = ByteReader(try body(name, in: folder))
        return try header(&reader)
    }

    /// Reads a position into one that was made for the same start and set; throws `StorageError.corrupt` where the file does not fit it.
    static func read(
        _ name: String, in folder: any Directory, into fresh: TrainingPosition, set: TrainingSet
    ) throws -> TrainingPosition {
        let body = try body(name, in: folder)
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: folder.describe(name), reason: reason) }
        var reader = ByteReader(body)
        let header = try header(&reader)
        var position = fresh
        position.report = header.report
        position.lossSum = header.lossSum
        position.watch = header.watch ?? LossWatch()
        var matrices: [Matrix] = []
        let own = fresh.state.towers.matrices
        let hasBest = header.hasBest ?? !header.report.evaluations.isEmpty
        for shape in own + (hasBest ? fresh.state.towers.weights(threads: 1) : []) {
            let view = try reader.bytes(shape.count * MemoryLayout<Float>.stride)
            matrices.append(
                view.withUnsafeBytes {
                    Matrix(rows: shape.rows, columns: shape.columns, littleEndian: $0, owner: view.file)
                })
        }
        let total = header.options.steps(pairs: set.pairs.count)
        guard header.step >= 0, header.step <= total else { throw corrupt("its step is \(header.step) of \(total)") }
        let rates = (0..<header.step).map {
            header.options.learningRate * header.options.rateShare(at: $0, of: total)
        }
        position.best = Array(matrices.dropFirst(own.count))
        position.state.restore(
            Array(matrices.prefix(own.count)), rates: rates, temperature: header.temperature)
        let queries = try reader.integer(UInt64.self)
        guard queries == 0 || queries == UInt64(set.queryIDs.count) else {
            throw corrupt("it has negatives of \(queries) queries, the training set has \(set.queryIDs.count)")
        }
        for _ in 0..<Int(queries) {
            var list: [Int32] = []
            for _ in 0..<(try reader.integer(UInt32.self)) {
                let document = try reader.integer(Int32.self)
                guard document >= 0, Int(document) < set.documentIDs.count else {
                    throw corrupt("it names a document that is not there")
                }
                list.append(document)
            }
            position.chosen.negatives.append(list)
        }
        guard reader.isAtEnd else { throw corrupt("it has bytes after its end") }
        return position
    }

    private static func body(_ name: String, in folder: any Directory) throws -> ByteView {
        try ChecksummedFile(folder, name, kind: kind, version: version).body()
    }

    private static func header(_ reader: inout ByteReader) throws -> Header {
        let length = try reader.integer(UInt64.self)
        let text = try reader.bytes(Int(clamping: length))
        do {
            return try JSONDecoder().decode(Header.self, from: Data(text.bytes))
        } catch {
            throw StorageError.corrupt(file: text.file.name, reason: "its header is not the one of a checkpoint")
        }
    }
}
