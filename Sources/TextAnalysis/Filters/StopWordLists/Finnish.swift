extension StopWordLists {
    /// Finnish.
    static let finnish = """
        # personal pronouns in their cases
        minä minun minut minua minussa minusta minuun minulla minulta minulle
        sinä sinun sinut sinua sinussa sinusta sinuun sinulla sinulta sinulle
        hän hänen hänet häntä hänessä hänestä häneen hänellä häneltä hänelle
        me meidän meidät meitä meissä meistä meihin meillä meiltä meille
        te teidän teidät teitä teissä teistä teihin teillä teiltä teille
        he heidän heidät heitä heissä heistä heihin heillä heiltä heille
        # demonstratives
        tämä tämän tätä tässä tästä tähän tällä tältä tälle tänä täksi
        nämä näiden näitä näissä näistä näihin näillä näiltä näille
        tuo tuon tuota tuossa tuosta tuohon tuolla nuo noiden noita
        se sen sitä siinä siitä siihen sillä siltä sille siksi
        ne niiden niitä niissä niistä niihin niillä niiltä niille
        # relative pronouns and question words
        joka jonka jota jossa josta johon jolla jolta jolle jotka joiden joita joissa joista joihin joilla joille
        kuka kenen ketä kenelle ketkä mikä minkä mitä missä mistä mihin millä miltä mille mitkä
        milloin miksi miten kuinka kumpi millainen
        # conjunctions
        ja tai sekä mutta vaan että jotta koska kun jos kuin vaikka eli joko niin kuten
        # auxiliaries
        olla olen olet on olemme olette ovat oli olin olit olimme olivat ollut olleet olisi olisivat oleva ole lienee
        voi voivat voidaan
        # negation
        en et ei emme ette eivät eikä
        # adpositions, adverbs and particles
        kanssa mukaan myös vain jo vielä sitten nyt siis itse kaikki jokin jotain joku myöskin
        """
}
