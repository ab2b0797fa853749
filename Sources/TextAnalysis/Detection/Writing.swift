/// A way to write: the scripts that stand together in one text.
enum Writing: UInt8, CaseIterable, Sendable {
    case none, other, latin, greek, cyrillic, arabic, hebrew, devanagari, han, hangul, thai, lao, khmer, burmese

    /// Its scripts.
    var scripts: [Script] {
        switch self {
        case .none: []
        case .other: [.other]
        case .latin: [.latin]
        case .greek: [.greek]
        case .cyrillic: [.cyrillic]
        case .arabic: [.arabic]
        case .hebrew: [.hebrew]
        case .devanagari: [.devanagari]
        case .han: [.han, .kana]
        case .hangul: [.hangul]
        case .thai: [.thai]
        case .lao: [.lao]
        case .khmer: [.khmer]
        case .burmese: [.myanmar]
        }
    }

    /// The script whose words tell the language, where words do.
    var wordScript: Script? {
        switch self {
        case .latin: .latin
        case .cyrillic: .cyrillic
        case .arabic: .arabic
        case .devanagari: .devanagari
        default: nil
        }
    }

    /// The profile of the only language of ours that is written so.
    var onlyProfile: String? {
        switch self {
        case .greek: "greek"
        case .hangul: "korean"
        case .thai: "thai"
        case .lao: "lao"
        case .khmer: "khmer"
        case .burmese: "burmese"
        default: nil
        }
    }

    /// Its name for a person.
    var name: String {
        switch self {
        case .none: "no script"
        case .other: "another script"
        case .han: "Chinese characters and Kana"
        case .hangul: "Hangul"
        default: "\(self)".prefix(1).uppercased() + "\(self)".dropFirst() + " script"
        }
    }
}
