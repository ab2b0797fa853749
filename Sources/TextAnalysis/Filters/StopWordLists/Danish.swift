extension StopWordLists {
    /// Danish.
    static let danish = """
        # articles and demonstratives
        en et den det de denne dette disse ingen intet
        # pronouns and possessives
        jeg du han hun vi i man mig dig ham hende sig os jer dem
        min mit mine din dit dine sin sit sine hans hendes dens dets vores jeres deres
        noget nogen nogle selv
        # prepositions
        af på til fra for med om ved hos efter under over mellem gennem ad ind ud op ned
        # conjunctions
        og eller men at som da når fordi samt både enten end så mens
        # auxiliaries and modals
        er var være været bliver blive blev blevet har have havde haft
        kan kunne skal skulle vil ville må måtte bør burde
        # question words
        hvem hvad hvilken hvilket hvilke hvornår hvor hvorfor hvordan hvis
        # adverbs and particles
        ikke også kun jo nu her der dog meget mere mest sådan ligesom alle alt
        """
}
