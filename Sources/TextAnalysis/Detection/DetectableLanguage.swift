/// A language that the detector knows, with the evidence for it.
struct DetectableLanguage: Sendable {
    /// Its name in English; the name of its profile where there is one.
    var name: String
    /// Its script.
    var script: Script
    /// Whether a profile is named after it; the others are known so that they are not taken for a neighbour.
    var hasProfile: Bool
    /// Its letters beyond a to z, in lower case; nil where letters are no evidence.
    var letters: String?
    /// Its function words, in lower case.
    var words: [String]

    /// A language with a profile: its stop words, and words that count as evidence but are not stop words.
    private init(_ name: String, _ script: Script, letters: String?, further: String = "") {
        let listed = name == "english" ? [] : StopWordLists.words(name) ?? []
        self.init(
            name: name, script: script, hasProfile: true, letters: letters,
            words: listed + StopWordLists.split(further))
    }

    init(name: String, script: Script, hasProfile: Bool, letters: String?, words: [String]) {
        self.name = name
        self.script = script
        self.hasProfile = hasProfile
        self.letters = letters
        self.words = words
    }

    /// All languages that are told apart by words; at most 64, for their sets are bits of one word.
    static let all: [DetectableLanguage] = profiled + neighbours

    private static let profiled: [DetectableLanguage] = [
        .init("english", .latin, letters: "", further: DetectionWords.english),
        .init("german", .latin, letters: "äöüß"),
        .init(
            "french", .latin, letters: "àâæçéèêëîïôœùûüÿ", further: "l' d' qu' c' j' n' s' m' t' jusqu' lorsqu' sans"),
        .init("spanish", .latin, letters: "áéíóúüñªº", further: "sin dos ante estado"),
        .init("portuguese", .latin, letters: "áâãàçéêíóôõúüªº", further: "sem dois"),
        .init(
            "italian", .latin, letters: "àèéìíîòóùúª",
            further: "l' d' un' all' dall' dell' nell' sull' quell' dev' c' senza"),
        .init("dutch", .latin, letters: "áèéêëíïóöúü", further: "zonder tegen"),
        .init(
            "danish", .latin, letters: "æøåéö",
            further:
                "uden mod få får gøre gør to igen mange hver hvert anden andet andre flere første sidste siden år kom gik bruges findes"
        ),
        .init(
            "norwegian", .latin, letters: "æøåéèêóòô",
            further:
                "uten mot få får gjøre gjør to utan igjen mange hver hvert annen annet andre flere første siste siden år kom gikk brukes finnes"
        ),
        .init(
            "swedish", .latin, letters: "åäöé",
            further:
                "utan mot under få får göra gör två igen många varje annan annat andra flera första sista sedan år kom gick används finns"
        ),
        .init(
            "finnish", .latin, letters: "äöåšž",
            further: """
                ilman jälkeen aikana ennen välillä varten sisällä yli noin kaksi yksi onko voida voitu oltava olemassa
                vuonna lisäksi kuitenkin käyttää
                """),
        .init(
            "turkish", .latin, letters: "çğıöşüâîû",
            further: """
                iki yok ilk tarafından üzerinde üzerine üzerinden içinde içine arasında altında yanında yerine sonra önce
                yılında eden edilen edilir etmek etti yapılan bulunan birlikte karşı ayrıca örneğin diğer aynı tüm birçok
                yalnızca olabilir
                """),
        .init("indonesian", .latin, letters: "é", further: "tanpa dua"),
        .init(
            "vietnamese", .latin,
            letters: "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
            further:
                "sao từ không chỉ dù hay một có trong người khi đến ra vào năm làm thể phải nhiều hơn nhất trên sau trước"
        ),
        .init("romanian", .latin, letters: "ăâîșțşţ", further: "fără două"),
        .init("hungarian", .latin, letters: "áéíóöőúüű", further: "nélkül után két minden"),
        .init("catalan", .latin, letters: "àçèéíïòóúü", further: "l' d' s' n' m' t' sense dos"),
        .init("russian", .cyrillic, letters: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", further: "без"),
        .init("arabic", .arabic, letters: "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"),
        .init("hindi", .devanagari, letters: nil),
    ]
}
