import DurableStorage

/// The constants of index format 3, which `Documentation/formats/index.md` specifies.
enum IndexFormat {
    /// The version of every file of an index.
    static let version: UInt16 = 3

    static let manifestKind: FileKind = "MANI"
    static let termsKind: FileKind = "TERM"
    static let postingsKind: FileKind = "POST"
    static let positionsKind: FileKind = "POSI"
    static let lengthsKind: FileKind = "LENG"
    static let idsKind: FileKind = "DIDS"
    static let textsKind: FileKind = "TEXT"
    static let deletionsKind: FileKind = "DELS"
    static let correctionsKind: FileKind = "CORR"
    static let columnsKind: FileKind = "COLS"
    static let runKind: FileKind = "RUNS"

    /// The file whose replacement commits.
    static let manifestName = "manifest"
    /// The file that a writer locks.
    static let lockName = "lock"

    /// Postings in a full block.
    static let blockSize = 128
    /// The largest number of documents of a segment, so that a sum of gaps within a block cannot overflow 32 bits.
    static let maximumDocumentCount = Int(Int32.max)
    /// The longest term in bytes.
    static let maximumTermLength = 255
    /// The longest id in bytes.
    static let maximumIDLength = 1 << 16
    /// The largest raw block of stored text, and so the largest document.
    static let maximumTextBlock = 1 << 28

    /// The name of one file of a segment.
    static func fileName(segment: String, suffix: String) -> String { segment + "." + suffix }

    /// The name of one file of a field of a segment; those of the one field `contents` go without its name.
    static func fileName(segment: String, field: String, suffix: String) -> String {
        fileName(segment: segment, suffix: field == Manifest.contentsField ? suffix : field + "." + suffix)
    }

    /// The name of a writer's temporary file of postings of a field.
    static func runName(field: String, number: Int) -> String {
        "run-\(number)" + (field == Manifest.contentsField ? "" : "." + field)
    }

    /// Whether a file of that name is a writer's; where no manifest names it, it was left by a killed writer or is out of use.
    static func isWritersFile(_ name: String) -> Bool {
        name.hasPrefix("segment-") || name.hasPrefix("run-") || name == manifestName + ".partial"
    }
}
