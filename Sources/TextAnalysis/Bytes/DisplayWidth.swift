import CICU

/// How many columns a text takes on a terminal: two for wide characters (UAX #11, East Asian Width), none for combining marks.
///
/// An estimate for sequences that a terminal may draw as one, such as emoji joined by U+200D.
public enum DisplayWidth {
    /// The columns of a text without line ends.
    public static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) {
            $0 + ($1.isASCII ? ($1.value < 0x20 ? 0 : 1) : Int(cicu_display_width($1.value)))
        }
    }
}
