/// Names of options as the libraries write them (`rangeMax`), turned into those of the command line (`--range-max`).
enum OptionSpelling {
    /// Options that the command line calls otherwise.
    private static let others = [
        "frozenLayers": "--freeze-layers", "adapterRank": "--lora-rank", "adapterScale": "--lora-alpha",
        "clipping": "--clip", "accumulation": "--accumulate", "negativesPerQuery": "--num-negatives",
    ]

    /// A name with its dashes.
    static func flag(_ name: some StringProtocol) -> String {
        others[String(name)]
            ?? name.reduce(into: "--") { text, letter in
                if letter.isUppercase, text != "--" { text += "-" }
                text += letter.lowercased()
            }
    }

    /// A sentence whose names of several words (`rangeMax`) are turned; single words stay as they are.
    static func sentence(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let name = word.prefix { $0.isLetter }
            let isName = name.first?.isLowercase == true && name.contains { $0.isUppercase }
            return isName ? flag(name) + word.dropFirst(name.count) : String(word)
        }.joined(separator: " ")
    }
}
