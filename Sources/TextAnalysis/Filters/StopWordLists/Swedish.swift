extension StopWordLists {
    /// Swedish.
    static let swedish = """
        # articles and demonstratives
        en ett den det de denna detta dessa denne ingen inget inga
        # pronouns and possessives
        jag du han hon vi ni man mig dig honom henne sig oss er dem dom
        min mitt mina din ditt dina sin sitt sina hans hennes dess vår vårt våra ert era deras
        något någon några själv
        # prepositions
        av på i till från för med om vid hos efter över mellan genom åt ur in ut upp ner
        # conjunctions
        och eller men att som då när eftersom samt både antingen än så medan
        # auxiliaries and modals
        är var vara varit blir bli blev blivit har ha hade haft
        kan kunde ska skall skulle vill ville måste bör borde
        # question words
        vem vad vilken vilket vilka hur varför vart vars
        # adverbs and particles
        inte också bara endast ju nu här där dock mycket mer mest sådan sådant sådana alla allt
        """
}
