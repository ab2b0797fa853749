/// What each profile makes of one sentence, written for these tests; the article `Analyzers` has the same rows.
enum ProfileSentences {
    /// A profile, a sentence and its terms, in the order of the profiles.
    static let all: [(profile: String, sentence: String, terms: String)] = [
        (
            "english", "The engineer’s two machines were running Node.js at 10:30 in a café.",
            "engin two machin were run node.j 10 30 café"
        ),
        (
            "german", "Die Mädchen kauften für Müllers (Mueller, Muller) große Häuser in der Straße.",
            "madch kauft mull mull mull gross haus strass"
        ),
        (
            "french", "L’été, les élèves d'aujourd’hui n'étudient qu'à l’école près des forêts.",
            "ete elev aujourd'hui etudient ecol pres foret"
        ),
        (
            "spanish", "Los niños comían manzanas mientras las niñas leían libros según su edad.",
            "nin com manzan nin lei libr edad"
        ),
        (
            "portuguese", "As crianças não comiam maçãs, mas as irmãs liam os jornais portugueses.",
            "crianc com macas irmas liam jorn portugues"
        ),
        (
            "italian", "Gli studenti dell'università leggevano quest’opera d’arte nelle città più antiche.",
            "student univers legg oper arte citt antic"
        ),
        (
            "catalan", "L'home i les dones d’aquell poble col·leccionaven cançons i històries antigues.",
            "hom don pob col.leccion cancon histor antigu"
        ),
        (
            "romanian", "Copiii și fetele citeau cărți despre situația țării în şcolile oraşului.",
            "copii fet citeau cart situ tar scol oras"
        ),
        (
            "dutch", "De foto's van Anna’s kinderen hangen in het café bij de mooie huizen.",
            "foto anna kinder hang caf mooi huiz"
        ),
        (
            "danish", "Børnene læste bøgerne på biblioteket, mens pigen skrev et brev om skolerne.",
            "børn læst bøg bibliotek pig skrev brev skol"
        ),
        (
            "norwegian", "Barna leste bøkene på biblioteket, og jentene kjøpte de dyreste bilene.",
            "barn lest bøk bibliotek jent kjøpt dyrest bil"
        ),
        (
            "swedish", "Barnen läste böckerna på skolan medan flickorna köpte svenska tidningar.",
            "barn läst böck skolan flick köpt svensk tidning"
        ),
        (
            "finnish", "Lapset lukivat kirjastossa kirjoja, ja tyttö juoksi kouluun Helsingissä.",
            "laps lukiv kirjasto kirj tytö juoks koulu helsing"
        ),
        (
            "hungarian", "A gyerekek könyveket olvastak az iskolában, és a lányok házakat rajzoltak.",
            "gyerek könyv olvast iskol lány ház rajzolt"
        ),
        (
            "russian", "Дети читали книги о тёплых морях, а ёлки стояли в больших домах.",
            "дет чита книг тепл мор елк стоя больш дом"
        ),
        (
            "greek", "Οι μαθητές διάβαζαν τα βιβλία στο σχολείο, ενώ ο δάσκαλος ΕΓΡΑΦΕ.",
            "μαθητ διαβαζ βιβλ σχολει δασκαλ εγραφ"
        ),
        (
            "turkish", "İstanbul'daki ışıklı evlerin çocukları IRMAK’ın kıyısında üç kitap okuyorlardı.",
            "istanbul ışıklı ev çocuk ırmak kıyı üç kitap okuyor"
        ),
        (
            "arabic", "قَرَأَ الطلاب والكتاب كتبا في مكتبة الجامعة الإسلامية منذ عام ١٩٩٥.",
            "قرا طلاب كتاب كتب مكتب جامعه اسلاميه عام 1995"
        ),
        (
            "hindi", "लड़कियाँ अँग्रेज़ी की किताबें पढ़ती हैं और लड़का हिन्दी १९४७ से पढ़ता है।",
            "लडक अंगरेज किताब पढ लडक हिंद 1947 पढ"
        ),
        (
            "indonesian", "Anak-anak membacakan buku pelajaran di perpustakaan dan gurunya menuliskan catatan.",
            "anak anak baca buku ajar pustaka guru ulis catat"
        ),
        (
            "vietnamese", "Các em học sinh đọc sách hoà bình ở thư viện của Hà Nội.",
            "em học sinh đọc sách hòa bình ở thư viện hà nội"
        ),
        (
            "chinese", "學生在圖書館裡讀了三本關於北京大學的書，用的是Python 3。",
            "学生 学生 生在 在图 图书馆 图书 书馆 馆里 里读 里 读了 读了 了三 三本 三本 本关 于北 北京 北京 京大 大学 大学 学的 的书 书 用的 用 的是 的是 python python 3 3"
        ),
        (
            "japanese", "サーバーの人々は図書館でＰｙｔｈｏｎの本を読みました。",
            "サーバ サー ーバ バー ーの の人 人人 人人 々は は図 図書館 図書 書館 館で python python の本 本を 本 を読 読み 読み みま まし ま"
        ),
        (
            "korean", "학생들은 그리고 도서관에서 한국어 책을 2권 읽었습니다.",
            "학생들은 학생 생들 들은 그리 리고 도서관에서 도서 서관 관에 에서 한국어 한국 국어 책을 책을 2 2 권 권 읽었습니다 읽었 었습 습니 니다"
        ),
        (
            "thai", "นักเรียนอ่านหนังสือเก่าในห้องน้ำของโรงเรียน ๒๕ แห่ง",
            "นักเรียน นัก กเรี เรีย ยน นอ่า อ่าน อ่าน นห หนังสือ หนั นัง งสื สือ อเก่า เก่าใน เก่า ในห้ ห้องน้ํา ห้อ อง งน้ํา น้ําข ขอ อง งโร โรงเรียน โรง งเรี เรีย ยน 25 25"
        ),
        (
            "khmer", "សិស្សអានសៀវភៅនៅក្នុងបណ្ណាល័យ ១០ ក្បាល",
            "សិស្ស សិស្ស ស្សអា អាន អាន នសៀ សៀវភៅ សៀវ វភៅ ភៅនៅ នៅក្នុង នៅក្នុ ងប បណ្ណាល័យ បណ្ណា ណ្ណាល័ ល័យ 10 10 ក្បាល ក្បាល"
        ),
        (
            "lao", "ນັກຮຽນອ່ານປຶ້ມຢູ່ໃນຫໍສະໝຸດ ໒໕ ຫົວ",
            "ນັກຮຽນ ນັກ ກຮຽ ຮຽນ ນອ່າ ອ່ານ ອ່ານ ນປຶ້ ປຶ້ມ ປຶ້ມ ມຢູ່ ຢູ່ໃນ ຢູ່ໃນ ໃນຫໍ ຫໍສະຫມຸດ ຫໍສະ ສະຫມຸ ຫມຸດ 25 25 ຫົວ ຫົວ"
        ),
        (
            "burmese", "ကျောင်းသားများသည် စာကြည့်တိုက်တွင် စာအုပ် ၃ အုပ် ဖတ်သည်။",
            "ကျောင်းသား ကျောင်းသား သားများ များသည် များသည် စာကြည့်တိုက် စာကြ ကြည့် ည့်တိုက် တိုက်တွင် တွင် စာအုပ် စာအုပ် 3 3 အုပ် အုပ် ဖတ်သည် ဖတ်သည်"
        ),
        (
            "icu", "Straße, ÉCOLE and ﬁne 東京メモ don't e-mail Ａ１@x.org",
            "strasse école and fine 東京 メモ don't e mail a1 x.org"
        ),
        (
            "whitespace", "The Straße, don't FOLD: a_b c@d.org (kept)",
            "The Straße, don't FOLD: a_b c@d.org (kept)"
        ),
    ]
}
