extension StopWordLists {
    /// Romanian, with comma below; `ş` and `ţ` with cedilla stand beside them where they are common.
    static let romanian = """
        # articles and demonstratives
        un o unui unei unor niște nişte al a ai ale lui cel cea cei cele celor celui celei
        acest această aceasta acesta acești aceşti acestia aceștia aceste acestea acestui acestei acestor
        acel acea acela aceea acei acele acelea acelui acelei acelor
        # pronouns and possessives
        eu tu el ea noi voi ei ele mă te îl îi se ne vă le îmi îți îţi își îşi mi ți ţi lor meu mea mei mele tău ta tăi tale
        său sa săi sale nostru noastră noștri noştri noastre vostru voastră însă ceva cineva
        # prepositions
        de la în din cu pe pentru prin după spre despre între peste sub până către dintre printre
        # conjunctions
        și şi sau ori dar că să dacă deși deşi deci iar nici fie încât când cum ca
        # auxiliaries
        sunt ești eşti este e suntem sunteți sunteţi era eram erau fost fi fiind fiu va vor aș aş ar am au are avea
        avem aveți aveţi avut aveau poate pot trebuie
        # question and relative words
        cine ce care cărui cărei căror cui unde cât câtă câți câţi câte
        # adverbs and particles
        nu mai foarte tot toate toți toţi toată doar numai chiar încă deja aici acolo atunci așa aşa astfel prea
        """
}
