import DurableStorage
extension TransformerFolder {
    static func write(_ encoder: TransformerEncoder, to folder: FileSystemDirectory) throws -> [String: FileRecord] {
        [:]
    }
}
