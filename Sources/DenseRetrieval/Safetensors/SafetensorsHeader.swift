import DurableStorage
import Essentials
import RetrievalData

/// The parsed and checked header of a safetensors file.
struct SafetensorsHeader {
    /// A longer header is refused, as the format's own library does.
    static let longestHeader = 100_000_000

    private(set) var tensors: [String: SafetensorsTensor] = [:]
    let dataOffset: Int

    /// Parses a header and checks it: every tensor's bytes agree with its shape, none overlap, and together they fill the data section.
    init(_ file: MappedFile) throws {
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.name, reason: reason) }
        guard file.count >= 8 else { throw corrupt("\(file.count) bytes are too short for a safetensors file") }
        let stated: UInt64 = try file.view.load(at: 0)
        guard stated >= 2, stated <= UInt64(Self.longestHeader), stated <= UInt64(file.count - 8) else {
            throw corrupt("its header claims \(stated) bytes")
        }
        let length = Int(stated)
        let text = try file.view(offset: 8, count: length).bytes
        guard text.first == UInt8(ascii: "{") else { throw corrupt("its header is not a JSON object") }
        let entries: [String: Entry]
        do {
            entries = try JSONDecoder().decode([String: Entry].self, from: Data(text))
        } catch {
            throw corrupt("its header is not a JSON object of tensors")
        }
        dataOffset = 8 + length
        let available = file.count - dataOffset
        for (name, entry) in entries where name != "__metadata__" {
            guard let typeName = entry.dtype, let shape = entry.shape, let offsets = entry.offsets, offsets.count == 2
            else { throw corrupt("tensor \(name) lacks dtype, shape or data_offsets") }
            guard let type = SafetensorsType(rawValue: typeName) else {
                throw StorageError.incompatible(
                    file: file.name, reason: "tensor \(name) has the number format \(typeName)",
                    remedy: "convert it to F32, F16, BF16, F64 or I8")
            }
            var size = type.size
            for extent in shape {
                let (product, overflow) = size.multipliedReportingOverflow(by: extent)
                guard extent >= 0, !overflow else { throw corrupt("tensor \(name) has the shape \(shape)") }
                size = product
            }
            guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= available, offsets[1] - offsets[0] == size
            else { throw corrupt("tensor \(name) of shape \(shape) claims the bytes \(offsets[0])..<\(offsets[1])") }
            tensors[name] = SafetensorsTensor(type: type, shape: shape, bytes: offsets[0]..<offsets[1])
        }
        var end = 0
        for bytes in tensors.values.map(\.bytes).sorted(by: {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }) {
            guard bytes.lowerBound == end else { throw corrupt("tensors overlap or leave a gap at byte \(end)") }
            end = bytes.upperBound
        }
        guard end == available else { throw corrupt("\(available - end) bytes after the last tensor") }
    }

    private struct Entry: Decodable {
        var dtype: String?
        var shape: [Int]?
        var offsets: [Int]?

        enum CodingKeys: String, CodingKey {
            case dtype
            case shape
            case offsets = "data_offsets"
        }

        init(from decoder: any Decoder) throws {
            guard let values = try? decoder.container(keyedBy: CodingKeys.self) else { return }
            dtype = try? values.decode(String.self, forKey: .dtype)
            shape = try? values.decode([Int].self, forKey: .shape)
            offsets = try? values.decode([Int].self, forKey: .offsets)
        }
    }
}
