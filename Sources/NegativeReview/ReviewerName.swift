/// What a reviewer may be called.
public enum ReviewerName {
    /// The rule in words.
    public static let rule = "give 1 to 64 printable characters, with no space at either end"

    /// Whether a name follows the rule.
    public static func isUsable(_ name: String) -> Bool {
        guard (1...64).contains(name.count), name.utf8.count <= 1024, name.first != " ", name.last != " " else {
            return false
        }
        return name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
            case .spaceSeparator: scalar == " "
            // Marks that turn the direction of writing could hide what a name is; joiners belong to letters and emoji.
            case .format: scalar.value == 0x200C || scalar.value == 0x200D
            default: true
            }
        }
    }
}
