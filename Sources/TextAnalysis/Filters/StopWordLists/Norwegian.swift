extension StopWordLists {
    /// Norwegian: Bokmål and Nynorsk.
    static let norwegian = """
        # articles and demonstratives
        en ei et den det de denne dette disse ingen intet
        ein eit dei desse ingenting
        # pronouns and possessives
        jeg du han hun vi dere man meg deg ham henne seg oss dem
        min mi mitt mine din di ditt dine sin si sitt sine hans hennes dens dets vår vårt våre deres
        eg ho me honom hennar deira dykk dykkar hjå
        noe noen selv noko nokon nokre sjølv
        # prepositions
        av på i til fra for med om ved hos etter under over mellom gjennom inn ut opp ned
        frå
        # conjunctions
        og eller men at som da når hvis fordi samt både enten enn så mens å
        dersom medan
        # auxiliaries and modals
        er var være vært blir bli ble blitt har ha hadde hatt
        kan kunne skal skulle vil ville må måtte bør burde
        vere vore blei vart vorte verte
        # question words
        hvem hva hvilken hvilket hvilke hvor hvorfor hvordan
        kven kva korleis kvar kvifor kor
        # adverbs and particles
        ikke også bare kun jo nå her der dog meget mer mest slik slike alle alt
        ikkje òg berre no mykje meir
        """
}
