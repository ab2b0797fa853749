extension RandomString {
    /// One or more characters of each class that word and cluster breaks, folding and segmentation know.
    static let classes = Array(
        """
        aZ1_'.,;:@ -"&/#\t\r\n\0\u{7F}éßİıſﬁÅµ’‘·‧٫״׳אبكـةىأ\u{64B}Яйςάΐ\u{301}\u{308}\u{200D}\u{200C}\u{AD}\u{FEFF}\u{2060}\u{200B}\
        \u{A0}\u{3000}\u{FE0F}\u{20E3}你好々〇ー〆・、。「ｶﾞﾟかガゞ゙゛一𠀀한ㅎ\u{1100}\u{1161}\u{11A8}\u{115F}\u{3164}กาำเแ็์ๆ๑ລາຳເກ្ស្ក\
        မ္ယန်क्षि०ড়தமிழཀ㌔①Ⅷ²½ＡＺ１＠：＿👍🏽🇩🇪❤👩💻\u{E0067}\u{FFFD}\u{FFFE}\u{10FFFF}𝕏ﷺ
        """.unicodeScalars)

    static let marks: [Unicode.Scalar] = [
        "\u{301}", "\u{323}", "\u{345}", "\u{200D}", "\u{AD}", "\u{FE0F}", "\u{E31}", "\u{E48}", "\u{17D2}", "\u{1039}",
        "\u{93F}",
        "\u{64E}", "\u{5B4}", "\u{3099}", "\u{FF9E}", "\u{20DD}", "\u{1F3FD}", "\u{E0100}", "\u{1161}",
    ]

    static let scripts: [ClosedRange<UInt32>] = [
        0x21...0x7E, 0xA0...0x17F, 0x1E00...0x1EFF, 0x370...0x3FF, 0x1F00...0x1FFF, 0x400...0x4FF, 0x531...0x58A,
        0x5D0...0x5F4,
        0x600...0x6FF, 0x900...0x97F, 0x980...0x9FF, 0xB80...0xBFF, 0xE00...0xE5B, 0xE80...0xEDF, 0xF00...0xFFF,
        0x1000...0x109F,
        0x10A0...0x10FF, 0x1100...0x11FF, 0x1200...0x137F, 0x13A0...0x13FF, 0x1780...0x17FF, 0x2000...0x206F,
        0x2070...0x218F,
        0x3000...0x303F, 0x3041...0x30FF, 0x3130...0x318F, 0x3200...0x33FF, 0x4E00...0x4FFF, 0xA640...0xA69F,
        0xAC00...0xAFFF,
        0xF900...0xFAFF, 0xFB00...0xFDFF, 0xFE00...0xFFFF, 0x10400...0x1044F, 0x1B000...0x1B12F, 0x1D400...0x1D7FF,
        0x1F100...0x1F64F, 0x20000...0x20100, 0xE0000...0xE01EF, 0x10FF00...0x10FFFF,
    ]

    static let words = """
        the don't running children's naïve café e-mail U.S.A. 3.14 10:30 foo@bar.com snake_case std::vector https://example.org/a?b=c
        Straße Häuser Fußgänger Übergrößenträger schön Donaudampfschiff l'eau aujourd'hui œuvre garçon été corazón niños pingüino
        coração ações perché città dell'arte ijsje zee-eend smørrebrød ålesund kärlek flyttfågel yö hyvää þjóð Ísland kütüphane
        İstanbul'da ışık ağaç merhaba άνθρωπος Ελλάδας λόγος βιβλιοθήκη русский ёлка книги объект الكتاب كِتَابٌ مدرسة إسلام القرآن
        والمكتبات שלום ספרים צה״ל हिन्दी क्षेत्र विद्यालय पुस्तकें buku membaca pembelajaran thư-viện tiếng Việt trường đại học
        图书馆 我们在北京大学学习 漢字 臺灣 機器學習 東京都 図書館で本を読む カタカナ ﾊﾝｶｸ コンピュータ ひらがな 人々 한국어 도서관에서 책을 읽는다
        ห้องสมุด ภาษาไทย กินข้าว เกาะ น้ำแข็ง ຫ້ອງສະໝຸດ ພາສາລາວ បណ្ណាល័យ ភាសាខ្មែរ စာကြည့်တိုက် မြန်မာဘာသာ ქართული հայերեն தமிழ் বাংলা ትግርኛ
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
