import Decoy
import DurableStorage
import Essentials

/// Keeps what the steps of experiments computed, so that nothing is computed twice and a broken experiment goes on where it was.
///
/// Each step is a folder that is complete or absent, named after its key; `key.json` in it holds the whole key. A folder that cannot be read is
/// computed again.
final class StepStore {
    /// Where the steps are kept; nil for nowhere.
    let path: String?
    /// How many steps were there already, and how many were computed.
    private(set) var reused = 0
    private(set) var computed = 0

    init(path: String?) { self.path = path }

    /// The result of a step: read from its folder if it is there, else computed and written.
    func step<R>(
        _ name: String, _ key: StepKey, read: (String) throws -> R, write: (R, String) throws -> Void,
        compute: () throws -> R
    ) throws -> R {
        guard let path else { return try compute() }
        let folder = try path + "/" + key.folder(name)
        if let data = FileManager.default.contents(atPath: folder + "/key.json"),
            let found = try? JSONDecoder().decode(StepKey.self, from: data), found == key,
            let result = try? read(folder)
        {
            reused += 1
            return result
        }
        let result = try compute()
        try FolderReplacement.write(path: folder, overwrite: true) { aside in
            try write(result, aside.path)
            try AtomicFile.write(path: aside.path + "/key.json") { try $0.write(StableJSON.text(key)) }
        }
        computed += 1
        return result
    }

    /// The result of a step that is one JSON value.
    func value<R: Codable>(_ name: String, _ key: StepKey, compute: () throws -> R) throws -> R {
        try step(
            name, key, read: { try Self.decode(R.self, $0 + "/result.json") },
            write: { try Self.encode($0, $1 + "/result.json") }, compute: compute)
    }

    static func decode<R: Decodable>(_ type: R.Type, _ path: String) throws -> R {
        try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
    }

    static func encode(_ value: some Encodable, _ path: String) throws {
        try AtomicFile.write(path: path) { try $0.write(JSONOutput.line(value)) }
    }
}
