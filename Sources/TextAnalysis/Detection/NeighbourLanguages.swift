extension DetectableLanguage {
    /// Languages without a profile that share words or letters with one that has one.
    ///
    /// Their words come first in a text's share of function words and keep it from being taken for the neighbour.
    static let neighbours: [DetectableLanguage] = latinNeighbours + otherNeighbours

    private static let latinNeighbours: [DetectableLanguage] = [
        neighbour(
            "polish", .latin, letters: "ąćęłńóśźż",
            words: """
                i w z na do nie się jest to że jak o od po dla przez przy oraz lub który która które są był
                była było być ten ta te tego tej tym tych jego jej ich może za ale czy co u pod ze we bez
                jako także tylko
                """),
        neighbour(
            "czech", .latin, letters: "áčďéěíňóřšťúůýž",
            words: """
                a v se na je že s z do to i o za pro ve k jako po jsou by který která které byl byla bylo
                být při od ale nebo si tak co jeho její jejich ze jen také než už může není pokud podle
                """),
        neighbour(
            "slovak", .latin, letters: "áäčďéíĺľňóôŕšťúýž",
            words: """
                a v sa na je že s z do to i o za pre vo k ako po sú by ktorý ktorá ktoré bol bola bolo byť
                pri od ale alebo si tak čo jeho jej ich zo len tiež už môže nie ak podľa
                """),
        neighbour(
            "croatian", .latin, letters: "čćđšž",
            words: """
                i u je na se da za od su s o kao ne koji koja koje iz bio bila bilo biti po ili ali što kako
                do te to sa ga nije može samo njegov njihov pri nego prema
                """),
        neighbour(
            "slovenian", .latin, letters: "čšž",
            words: """
                in v je na se da za s z so ki pa tudi po od iz pri kot ne bi bil bila bilo biti ali ter do o
                kako lahko ni ta to tega te njegov le če ko kar
                """),
        neighbour(
            "latvian", .latin, letters: "āčēģīķļņšūž",
            words: """
                un ir no ar uz par kas ka tā tas pie lai vai kā arī bija tiek nav to šo bet pēc līdz ja gan
                šī viņa var kur kad
                """),
        neighbour(
            "lithuanian", .latin, letters: "ąčęėįšųūž",
            words: """
                ir yra į iš su kad tai kaip o bei už nuo per buvo ar jo jos jų arba bet tik jis ji prie taip
                pat kurie kuris kuri dėl po gali nėra būti
                """),
        neighbour(
            "estonian", .latin, letters: "äöõüšž",
            words: """
                ja on ei et oli see ta ka kui mis oma või kes aga selle seda siis tema nii mida nende neid
                seal olid pole peale vaid veel kus välja üle ning saab ole kuid
                """),
        neighbour(
            "latin", .latin, letters: "āēīōūæœ",
            words: """
                et in est non ad cum ut sed quod qui quae a ab ex de per atque ac nec si sunt esse aut enim
                autem hoc eius quam erat sit pro quo ea id ipse se eo his neque etiam ita
                """),
        neighbour(
            "swahili", .latin, letters: "",
            words: """
                na ya wa kwa ni katika za la cha kuwa hii kama au huu hiyo wake yake hayo pia lakini huo vya
                ili baada hizi bila kila yao kutoka ambayo ambao si hilo
                """),
        neighbour(
            "basque", .latin, letters: "ñçü",
            words: """
                eta da ez du zen ere bat dira zuen dute izan baina egin edo hau bere honek den ziren hori
                dela baino dituen bi beste behar ditu zuten duen
                """),
        neighbour(
            "afrikaans", .latin, letters: "êëéèôïáûú",
            words: """
                die en van in is het wat nie vir met op te sy dat aan hy hulle word as ons was deur om ook
                kan of maar jy by uit sal hom haar ek na wees dit oor hierdie daar moet kon tot
                n geen indien jou asook so gebruik waar wanneer omdat
                """),
        neighbour(
            "icelandic", .latin, letters: "áéíóúýþæöð",
            words: """
                og í að er á sem til var við um ekki með af fyrir en það hann hún þeir þær þau ég þú frá eru
                hefur hafa því eins eða þegar voru verið svo þess sér hafði
                """),
        neighbour(
            "faroese", .latin, letters: "áíóúýæøð",
            words: """
                og í at er á sum til var við um ikki av fyri men tað hann hon teir tær tey eg tú frá eru
                hevur hava ella tá vóru so eitt ein
                """),
        neighbour(
            "galician", .latin, letters: "áéíóúñïü",
            words: """
                o a os as de e que en do da dos das un unha no na nos nas por con para se non ao á é máis
                como ou pola polo unhas uns foi seu súa eu el ela este esta isto tamén moi onde porque xa
                entre ten está são sobre cando
                """),
        neighbour(
            "welsh", .latin, letters: "âêîôûŵŷ",
            words: """
                y yr yn a i o ar mae ac ei gan am oedd wedi bod hyn fel eu sydd nid na neu hefyd roedd fod
                ond yw gyda hynny oes iawn ni ydy un
                """),
        neighbour(
            "irish", .latin, letters: "áéíóú",
            words: """
                an na agus a i ar is go sé sí le do ag bhí tá ní nach de ach faoi mar seo sin leis aon siad
                ó chun nó bhfuil raibh atá idir gach
                """),
        neighbour(
            "albanian", .latin, letters: "çë",
            words: """
                të e në dhe i për me që një nga si ka është u më kjo ky janë por do nuk ishte se edhe duke
                kanë ose mund tij saj tyre kur ai ajo çdo pas
                """),
        neighbour(
            "azerbaijani", .latin, letters: "əçğıöşü",
            words: """
                və bu bir ilə üçün də da olan kimi o olaraq ki daha isə idi var ən sonra edir edən hər onun
                onlar çox qədər deyil nə kim tərəfindən
                """),
        neighbour(
            "tagalog", .latin, letters: "ñ",
            words: """
                ang ng sa na at mga ay si ito niya siya para hindi kung may ni mula nang rin din ko ka mo
                kanyang isang o pero lamang sila kanilang dahil
                """),
        neighbour(
            "esperanto", .latin, letters: "ĉĝĥĵŝŭ",
            words: """
                la de kaj en estas al kiu por ne ke mi vi ĝi li ŝi ni ili kun el per estis oni sed aŭ pri
                tiu kiel ankaŭ pli kiuj tio ĉiuj
                """),
        neighbour(
            "maltese", .latin, letters: "ċġħżàèìòù",
            words: """
                il ta u li fil l ma hija huwa kien għal minn f tal bħala dan din biex kienet jew lil ukoll x
                kif mill fuq
                """),
        neighbour(
            "luxembourgish", .latin, letters: "äëéöüèêôâ",
            words: """
                de d den an vun vum ass mat fir op am zu dem och sech si huet eng een net hien ginn war
                goufen sinn wéi datt bei no oder awer nees ech mir dir hir gëtt duerch iwwer
                """),
        neighbour(
            "frisian", .latin, letters: "âêûúôéëï",
            words: """
                de it en fan yn in is dat op te mei foar wie hy troch oan net ek as by waard om sy út ha hat
                wurde nei har syn der mar dy binne hie oer
                """),
        neighbour(
            "occitan", .latin, letters: "àáçèéíïòóúü",
            words: """
                lo la los las de e es que en un una per dels amb del al als sus o se son foguèt dins mas
                aquel aquesta ten dempuèi coma pels dau
                pòt pas fòrça cap aiceste aqueste aquò tanben mai quand sièu seu èra vòstre vòstra l' d' sul
                """),
        neighbour(
            "malagasy", .latin, letters: "àô",
            words: """
                ny sy dia amin tamin izany ary fa ho izy an no ireo teo misy tsy ity ao nataon
                """),
        neighbour(
            "uzbek", .latin, letters: "",
            words: """
                va bu bir uchun bilan ham da edi esa deb u lekin yoki kabi boshqa keyin ning bo lgan o z
                """),
        neighbour(
            "kurdish", .latin, letters: "çêîşû",
            words: """
                û li ji bi di de ku ez ew ev yên ên ye jî bo ne an wê wî me hatin dike bû
                """),
        neighbour(
            "asturian", .latin, letters: "áéíóúñüḥḷ",
            words: """
                y la que de nun con pa ye el los les na del un una por se como o ser más al esti esta esto
                tamién foi nel polos pola dempués cuando ensin pero le
                """),
        neighbour(
            "haitian", .latin, letters: "èòà",
            words: """
                nan yo pou ki yon ak te li sou se pa ap la nou mwen gen fè ou men tout lè sa kote pi de epi
                oswa ka kapab
                """),
        neighbour(
            "maori", .latin, letters: "āēīōū",
            words: """
                te ngā ki i o he me ka nei kua e ko mō hei rawa tēnei taea kāore rānei kei ana tō tētahi
                ahau ia a mai
                """),
        neighbour(
            "sotho", .latin, letters: "šôê",
            words: """
                go ka ya le o ba e sa ga wa tša mo ke di yeo eo gore se tshwa la bjo ho ha tsa ea mme
                """),
        neighbour(
            "somali", .latin, letters: "",
            words: """
                waa oo ee ka ku iyo in la soo uu ah ay u waxaa waxay leh mid si aan kale lagu ayaa ama
                """),
    ]

    static func neighbour(
        _ name: String, _ script: Script, letters: String?, words: String
    ) -> DetectableLanguage {
        .init(name: name, script: script, hasProfile: false, letters: letters, words: StopWordLists.split(words))
    }
}
