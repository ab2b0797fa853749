/// Where things stand in a posting list of at least one full block.
enum PostingListLayout {
    /// The list's bound (6 bytes) and two zero bytes.
    static let headerSize = 8
    /// Last document (4), offset of the data in units of 16 bytes (4), two widths (1 + 1), bound (6).
    static let entrySize = 16
    /// Stands for both widths of a block of fewer than 128 postings, which are coded one by one.
    static let tailMark: UInt8 = 255
    /// The widest frequency, so that adding one cannot overflow.
    static let maximumFrequencyBits = 31
}
