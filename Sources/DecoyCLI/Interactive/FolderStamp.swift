import Essentials

/// Tells whether an index or a vector folder was committed to since it was opened, by the file that every commit replaces.
struct FolderStamp: Equatable {
    private var modified: Date?
    private var number: Int?

    /// The stamp of the folder at a path as it is now.
    init(_ path: String) {
        for name in ["manifest", "decoy.json"] {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)") else {
                continue
            }
            modified = attributes[.modificationDate] as? Date
            number = attributes[.systemFileNumber] as? Int
            return
        }
    }
}
