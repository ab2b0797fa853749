import Decoy
import DurableStorage
import Foundation

extension SubwordPipeline {
    /// Reads a `tokenizer.json`, or a folder with one or with a `vocab.txt`.
    init(path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError.notFound(path: path)
        }
        if !isFolder.boolValue {
            try self.init(tokenizerJSON: Self.bytes(path))
        } else if FileManager.default.fileExists(atPath: path + "/tokenizer.json") {
            try self.init(tokenizerJSON: Self.bytes(path + "/tokenizer.json"))
        } else {
            let vocabulary = path + "/vocab.txt"
            guard FileManager.default.fileExists(atPath: vocabulary) else {
                throw UsageProblem("\(path) has neither tokenizer.json nor vocab.txt; name the folder of a tokenizer")
            }
            let configuration = path + "/tokenizer_config.json"
            try self.init(
                vocabularyText: String(decoding: Self.bytes(vocabulary), as: UTF8.self),
                configuration: FileManager.default.fileExists(atPath: configuration) ? Self.bytes(configuration) : nil)
        }
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) }
    }
}
