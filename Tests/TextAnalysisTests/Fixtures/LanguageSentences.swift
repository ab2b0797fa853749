/// Sentences in many languages, written for these tests.
enum LanguageSentences {
    /// By the name of the profile that they should get.
    static let profiled: [String: [String]] = [
        "english": [
            "The river flooded the lower part of the town, and many families had to leave their houses.",
            "Which of these methods would you use if the samples were taken at different times of the year?",
            "A small library for parsing configuration files, with no dependencies and a simple interface.",
        ],
        "german": [
            "Der Fluss hat den unteren Teil der Stadt überschwemmt, und viele Familien mussten ihre Häuser verlassen.",
            "Welche dieser Methoden würden Sie verwenden, wenn die Proben zu verschiedenen Zeiten genommen werden?",
            "Eine kleine Bibliothek zum Lesen von Dateien, die ohne weitere Abhängigkeiten auskommt und einfach ist.",
        ],
        "french": [
            "Le fleuve a inondé la partie basse de la ville et plusieurs familles ont dû quitter leur maison.",
            "Laquelle de ces méthodes est la plus utile quand les échantillons sont pris à des moments différents ?",
            "Une petite bibliothèque pour lire les fichiers, qui n'a besoin d'aucun autre logiciel et qu'on installe vite.",
        ],
        "spanish": [
            "El río inundó la parte baja de la ciudad y muchas familias tuvieron que dejar sus casas.",
            "¿Cuál de estos métodos es el más útil cuando las muestras se toman en distintos momentos del año?",
            "Una biblioteca pequeña para leer los archivos de configuración, que no necesita otros programas.",
        ],
        "portuguese": [
            "O rio inundou a parte baixa da cidade e muitas famílias tiveram de deixar as suas casas.",
            "Qual destes métodos é o mais útil quando as amostras são tiradas em alturas diferentes do ano?",
            "Uma biblioteca pequena para ler os ficheiros de configuração, que não precisa de outros programas.",
        ],
        "italian": [
            "Il fiume ha inondato la parte bassa della città e molte famiglie hanno dovuto lasciare le loro case.",
            "Quale di questi metodi è il più utile quando i campioni sono presi in momenti diversi dell'anno?",
            "Una piccola libreria per leggere i file di configurazione, che non ha bisogno di altri programmi.",
        ],
        "dutch": [
            "De rivier heeft het lage deel van de stad overstroomd en veel gezinnen moesten hun huis verlaten.",
            "Welke van deze methoden zou u gebruiken als de monsters op verschillende momenten worden genomen?",
            "Een kleine bibliotheek voor het lezen van bestanden, die geen andere programma's nodig heeft.",
        ],
        "danish": [
            "Floden har oversvømmet den lave del af byen, og mange familier måtte forlade deres huse.",
            "Hvilken af disse metoder ville du bruge, hvis prøverne blev taget på forskellige tider af året?",
            "Et lille bibliotek til at læse filer med, som ikke har brug for noget andet end sig selv.",
        ],
        "norwegian": [
            "Elva har oversvømt den lave delen av byen, og mange familier måtte forlate husene sine.",
            "Hvilken av disse metodene ville du bruke hvis prøvene ble tatt på forskjellige tider av året?",
            "Eit lite bibliotek for å lese filer, som ikkje treng noko anna enn seg sjølv og som er lett å bruke.",
        ],
        "swedish": [
            "Floden har svämmat över den låga delen av staden, och många familjer måste lämna sina hus.",
            "Vilken av dessa metoder skulle du använda om proverna togs vid olika tider på året?",
            "Ett litet bibliotek för att läsa filer, som inte behöver något annat och är lätt att använda.",
        ],
        "finnish": [
            "Joki on tulvinut kaupungin alavassa osassa, ja monet perheet ovat joutuneet jättämään kotinsa.",
            "Mitä näistä menetelmistä käyttäisit, jos näytteet olisi otettu eri aikoina, ja miksi juuri sitä?",
            "Pieni kirjasto, joka lukee tiedostoja ja jota on helppo käyttää, koska se ei tarvitse mitään muuta.",
        ],
        "turkish": [
            "Nehir şehrin alçak kısmını bastı ve birçok aile evlerini bırakıp daha yüksek bir yere gitmek için yola çıktı.",
            "Örnekler yılın farklı zamanlarında alınmış ise bu yöntemlerden hangisi daha yararlı olur ve neden?",
            "Dosyaları okumak için küçük bir kitaplık; başka bir programa gerek yok ve kurulumu çok kolay.",
        ],
        "indonesian": [
            "Sungai itu membanjiri bagian kota yang rendah dan banyak keluarga harus meninggalkan rumah mereka.",
            "Metode mana yang akan anda gunakan jika contoh itu diambil pada waktu yang berbeda dalam setahun?",
            "Sebuah pustaka kecil untuk membaca berkas, yang tidak memerlukan program lain dan mudah dipakai.",
        ],
        "vietnamese": [
            "Con sông đã làm ngập phần thấp của thành phố và nhiều gia đình phải rời khỏi nhà của họ.",
            "Bạn sẽ dùng phương pháp nào nếu các mẫu được lấy vào những lúc khác nhau trong năm?",
            "Một thư viện nhỏ để đọc các tệp cấu hình, không cần phần mềm khác và rất dễ cài đặt.",
        ],
        "romanian": [
            "Râul a inundat partea de jos a orașului și multe familii au fost nevoite să își părăsească locuințele.",
            "Care dintre aceste metode este cea mai utilă când probele sunt luate în momente diferite ale anului?",
            "O bibliotecă mică pentru citirea fișierelor, care nu are nevoie de alte programe și este ușor de folosit.",
        ],
        "hungarian": [
            "A folyó elöntötte a város alsó részét, és sok családnak el kellett hagynia az otthonát.",
            "Melyik módszert használná, ha a minták az év más időszakából valók, és miért éppen azt?",
            "Egy kis könyvtár a fájlok olvasásához, amely nem igényel más programot, és könnyen használható.",
        ],
        "catalan": [
            "El riu ha inundat la part baixa de la ciutat i moltes famílies han hagut de deixar les seves cases.",
            "Quin d'aquests mètodes és el més útil quan les mostres es prenen en moments diferents de l'any?",
            "Una biblioteca petita per llegir els fitxers de configuració, que no necessita cap altre programa.",
        ],
        "russian": [
            "Река затопила нижнюю часть города, и многие семьи были вынуждены покинуть свои дома.",
            "Какой из этих способов вы выберете, если образцы были взяты в разное время года?",
            "Небольшая библиотека для чтения файлов, которая не требует других программ и проста в работе.",
        ],
        "greek": [
            "Ο ποταμός πλημμύρισε το χαμηλό μέρος της πόλης.", "Ποια μέθοδος είναι πιο χρήσιμη;",
            "Μια μικρή βιβλιοθήκη.",
        ],
        "arabic": [
            "غمر النهر الجزء المنخفض من المدينة واضطرت عائلات كثيرة إلى أن تترك بيوتها.",
            "أي من هذه الطرق هي الأفضل إذا كانت العينات قد أخذت في أوقات مختلفة من السنة؟",
            "مكتبة صغيرة لقراءة الملفات لا تحتاج إلى برامج أخرى وهي سهلة على كل من يعمل بها.",
        ],
        "hindi": [
            "नदी ने शहर के निचले भाग को डुबो दिया और बहुत से परिवारों को अपने घर छोड़ने पड़े।",
            "यदि नमूने वर्ष के अलग समय पर लिए गए हों तो आप इनमें से किस विधि का उपयोग करेंगे?",
            "फ़ाइलों को पढ़ने के लिए एक छोटा संग्रह जिसे किसी और प्रोग्राम की आवश्यकता नहीं है।",
        ],
        "chinese": ["河水淹没了城市的低洼地区，许多家庭不得不离开家园。", "如果样本取自不同的季节，应该使用哪种方法？", "一個讀取檔案的小程式庫，不需要其他軟體。"],
        "japanese": ["川の水が町の低い所にあふれ、多くの家族が家を離れた。", "試料を違う時期に採るなら、どの方法がよいか。", "ファイルを読むための小さなライブラリ。"],
        "korean": ["강물이 도시의 낮은 곳을 덮쳐 많은 가족이 집을 떠났다.", "어느 방법이 가장 좋은가?", "파일을 읽는 작은 라이브러리이다."],
        "thai": ["แม่น้ำท่วมพื้นที่ต่ำของเมืองและหลายครอบครัวต้องออกจากบ้าน", "วิธีใดดีที่สุด", "ห้องสมุดเล็กๆ สำหรับอ่านแฟ้ม"],
        "khmer": ["ទន្លេបានលិចផ្នែកទាបនៃទីក្រុង។", "តើវិធីណាល្អជាងគេ?", "បណ្ណាល័យតូចមួយសម្រាប់អានឯកសារ។"],
        "lao": ["ແມ່ນ້ຳຖ້ວມສ່ວນຕ່ຳຂອງເມືອງ.", "ວິທີໃດດີທີ່ສຸດ?", "ຫໍສະໝຸດນ້ອຍສຳລັບອ່ານເອກະສານ."],
        "burmese": ["မြစ်ရေသည် မြို့၏ အနိမ့်ပိုင်းကို လွှမ်းမိုးခဲ့သည်။", "ဘယ်နည်းလမ်းက အကောင်းဆုံးလဲ။", "စာဖတ်ရန် စာကြည့်တိုက်ငယ်။"],
    ]

    /// Of languages without a profile, by their names.
    static let others: [String: [String]] = [
        "polish": [
            "Rzeka zalała niższą część miasta i wiele rodzin musiało opuścić swoje domy.",
            "Która z tych metod jest najlepsza, jeśli próbki były pobierane w różnych porach roku?",
            "Mała biblioteka do czytania plików, która nie wymaga innych programów i jest prosta w użyciu.",
        ],
        "czech": [
            "Řeka zaplavila nižší část města a mnoho rodin muselo opustit své domy.",
            "Která z těchto metod je nejlepší, pokud byly vzorky odebrány v různé roční době?",
            "Malá knihovna pro čtení souborů, která nepotřebuje jiné programy a je snadná na použití.",
        ],
        "slovak": [
            "Rieka zaplavila nižšiu časť mesta a veľa rodín muselo opustiť svoje domy.",
            "Ktorá z týchto metód je najlepšia, ak boli vzorky odobraté v rôznom ročnom období?",
            "Malá knižnica na čítanie súborov, ktorá nepotrebuje iné programy a ľahko sa používa.",
        ],
        "croatian": [
            "Rijeka je poplavila niži dio grada i mnoge su obitelji morale napustiti svoje domove.",
            "Koja je od ovih metoda najbolja ako su uzorci uzeti u različito doba godine?",
            "Mala knjižnica za čitanje datoteka koja ne treba druge programe i koja je laka za upotrebu.",
        ],
        "slovenian": [
            "Reka je poplavila nižji del mesta in veliko družin je moralo zapustiti svoje domove.",
            "Katera od teh metod je najboljša, če so bili vzorci vzeti v različnih letnih časih?",
            "Majhna knjižnica za branje datotek, ki ne potrebuje drugih programov in je preprosta za uporabo.",
        ],
        "latvian": [
            "Upe applūdināja pilsētas zemāko daļu, un daudzām ģimenēm bija jāatstāj savas mājas.",
            "Kura no šīm metodēm ir labākā, ja paraugi tika ņemti dažādos gada laikos?",
            "Maza bibliotēka failu lasīšanai, kam nav vajadzīgas citas programmas.",
        ],
        "lithuanian": [
            "Upė užliejo žemesnę miesto dalį, ir daug šeimų turėjo palikti savo namus.",
            "Kuris iš šių metodų yra geriausias, jei mėginiai buvo paimti skirtingu metų laiku?",
            "Maža biblioteka failams skaityti, kuriai nereikia kitų programų.",
        ],
        "estonian": [
            "Jõgi ujutas üle linna madalama osa ja paljud pered pidid oma kodud maha jätma.",
            "Milline neist meetoditest on parim, kui proovid on võetud eri aastaaegadel?",
            "Väike teek failide lugemiseks, mis ei vaja teisi programme ja mida on lihtne kasutada.",
        ],
        "latin": [
            "Flumen inferiorem urbis partem inundavit et multae familiae domos suas relinquere coactae sunt.",
            "Quae ex his rationibus utilior est, si exempla non eodem anni tempore sumpta sunt?",
            "In hoc libro non solum de rebus gestis sed etiam de moribus populi scriptum est.",
        ],
        "swahili": [
            "Mto ulifurika katika sehemu ya chini ya mji na familia nyingi zililazimika kuacha nyumba zao.",
            "Ni njia ipi kati ya hizi ni bora kama sampuli zilichukuliwa kwa nyakati tofauti za mwaka?",
            "Maktaba ndogo ya kusoma faili ambayo haihitaji programu nyingine na ni rahisi kwa kila mtu.",
        ],
        "basque": [
            "Ibaiak hiriaren behealdea urpean utzi zuen eta familia askok etxeak utzi behar izan zituzten.",
            "Metodo hauetatik zein da onena laginak urteko garai desberdinetan hartu badira?",
            "Fitxategiak irakurtzeko liburutegi txiki bat da, eta ez du beste programarik behar.",
        ],
        "afrikaans": [
            "Die rivier het die laer deel van die stad oorstroom en baie gesinne moes hulle huise verlaat.",
            "Watter van hierdie metodes is die beste as die monsters op verskillende tye van die jaar geneem is?",
            "'n Klein biblioteek om lêers te lees, wat nie ander programme nodig het nie en maklik is om te gebruik.",
        ],
        "icelandic": [
            "Áin flæddi yfir neðri hluta bæjarins og margar fjölskyldur urðu að yfirgefa heimili sín.",
            "Hver af þessum aðferðum er best ef sýnin eru tekin á ólíkum tímum ársins?",
            "Lítið safn til að lesa skrár sem þarf ekki önnur forrit og það er auðvelt að nota það.",
        ],
        "galician": [
            "O río asolagou a parte baixa da cidade e moitas familias tiveron que deixar as súas casas.",
            "Cal destes métodos é o máis útil cando as mostras se toman en distintos momentos do ano?",
            "Unha biblioteca pequena para ler os ficheiros, que non precisa doutros programas nin da rede.",
        ],
        "ukrainian": [
            "Річка затопила нижню частину міста, і багато родин мусили залишити свої домівки.",
            "Який із цих способів найкращий, якщо зразки було взято в різну пору року?",
            "Невелика бібліотека для читання файлів, яка не потребує інших програм і є простою.",
        ],
        "bulgarian": [
            "Реката наводни ниската част на града и много семейства трябваше да напуснат домовете си.",
            "Кой от тези методи е най-добър, ако пробите са взети по различно време на годината?",
            "Малка библиотека за четене на файлове, която не се нуждае от други програми и е лесна за работа.",
        ],
        "serbian": [
            "Река је поплавила нижи део града и многе породице су морале да напусте своје домове.",
            "Која је од ових метода најбоља ако су узорци узети у различито доба године?",
            "Мала библиотека за читање датотека која не захтева друге програме и која је лака за рад.",
        ],
        "persian": [
            "رودخانه بخش پایین شهر را فرا گرفت و بسیاری از خانواده‌ها خانه‌های خود را ترک کردند.",
            "اگر نمونه‌ها در زمان‌های گوناگون سال گرفته شده باشند کدام روش بهتر است؟",
            "یک کتابخانه کوچک برای خواندن پرونده‌ها که به برنامه دیگری نیاز ندارد.",
        ],
        "urdu": [
            "دریا نے شہر کے نچلے حصے کو ڈبو دیا اور بہت سے خاندانوں کو اپنے گھر چھوڑنے پڑے۔",
            "اگر نمونے سال کے الگ وقت پر لیے گئے ہوں تو ان میں سے کون سا طریقہ بہتر ہے؟",
            "فائلیں پڑھنے کے لیے ایک چھوٹا کتب خانہ جسے کسی اور پروگرام کی ضرورت نہیں ہے۔",
        ],
        "marathi": [
            "नदीने शहराचा खालचा भाग बुडवला आणि अनेक कुटुंबांना आपली घरे सोडावी लागली.",
            "नमुने वर्षाच्या वेगळ्या काळात घेतले असतील तर यापैकी कोणती पद्धत चांगली आहे?",
            "फाइल वाचण्यासाठी हे एक लहान ग्रंथालय आहे आणि त्याला दुसरे काही लागत नाही.",
        ],
        "hebrew": [
            "הנהר הציף את החלק הנמוך של העיר ומשפחות רבות עזבו.", "איזו שיטה היא הטובה ביותר?",
            "ספרייה קטנה לקריאת קבצים.",
        ],
        "bengali": ["নদী শহরের নিচু অংশ ভাসিয়ে দিল।", "কোন পদ্ধতি সবচেয়ে ভালো?", "ফাইল পড়ার ছোট গ্রন্থাগার।"],
    ]
}
