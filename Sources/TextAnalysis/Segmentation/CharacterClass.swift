import CICU

/// What a character is to ``ScriptRuns``, as a script's number and bits.
enum CharacterClass {
    /// The number of the script of a letter that runs consist of.
    static let script: UInt8 = 0x07
    /// Belongs to a letter of the same script before it.
    static let follows: UInt8 = 0x08
    /// Belongs to whatever is before it.
    static let attaches: UInt8 = 0x10
    /// The letter after it belongs to it.
    static let leads: UInt8 = 0x40
    /// Takes part in no word.
    static let separates: UInt8 = 0x20

    static func of(_ scalar: UInt32) -> UInt8 {
        if scalar < 0x80 { return ByteClass.table[Int(scalar)] == 0 ? separates : 0 }
        let attachment = Int(cicu_attachment(scalar))
        let leads = attachment & CICU_ATTACHES_NEXT != 0 ? Self.leads : 0
        if attachment & CICU_ATTACHES_TO_ANY != 0 { return attaches | leads }
        if cicu_separates_words(scalar) != 0 { return separates }
        // Categories as ICU numbers them: 1 to 5 are letters, 10 the numbers that are letters, such as U+3007.
        let category = cicu_general_category(scalar)
        let script = UInt8(cicu_unspaced_script(scalar))
        guard script != 0, (1...5).contains(category) || category == 10 else { return 0 }
        return script | leads | (attachment & CICU_ATTACHES_TO_SCRIPT != 0 ? follows : 0)
    }
}

/// The classes of all characters below U+10000, found when they are first asked for.
///
/// There are many, and a text has few. For one thread.
final class CharacterClasses {
    private let table: UnsafeMutablePointer<UInt8>
    /// No class: its page was not asked for yet.
    private static var unknown: UInt8 { 0xFF }

    init() {
        table = .allocate(capacity: 0x1_0000)
        table.initialize(repeating: Self.unknown, count: 0x1_0000)
    }

    deinit { table.deallocate() }

    /// The table for inner loops, which need not count references to it; valid as long as this object.
    struct View {
        fileprivate let table: UnsafeMutablePointer<UInt8>

        /// The class of a code point, which must be below U+10000.
        @inline(__always)
        subscript(_ scalar: UInt32) -> UInt8 {
            let found = table[Int(scalar)]
            return found == CharacterClasses.unknown ? fill(scalar) : found
        }

        /// Finds the classes of the 256 code points around one.
        @inline(never)
        private func fill(_ scalar: UInt32) -> UInt8 {
            let first = scalar & ~0xFF
            for i in first..<(first + 256) { table[Int(i)] = CharacterClass.of(i) }
            return table[Int(scalar)]
        }
    }

    /// The table for inner loops.
    var view: View { View(table: table) }
}
