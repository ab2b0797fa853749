extension StopWordLists {
    /// Catalan; elided articles and pronouns (`l'`, `d'`) are the tokenizer's affair.
    static let catalan = """
        # articles, and their contractions
        el la els les un una uns unes al als del dels pel pels
        # demonstratives
        aquest aquesta aquests aquestes aquell aquella aquells aquelles això allò
        # pronouns and possessives
        jo tu ell ella nosaltres vosaltres ells elles vostè vostès em et es ens us li hi ho ne me te se
        meu meva meus meves teu teva seu seva seus seves nostre nostra nostres vostre vostra
        # prepositions
        a de en amb per entre des fins sobre segons
        # conjunctions
        i o ni que si però perquè doncs com mentre encara
        # auxiliaries
        ser és som són era eren fou foren sigut sent sigui siguin serà seran seria
        estar està estan estava
        haver ha han he hem havia havien hagi va van vaig té tenen
        pot poden
        # question and relative words
        què qui quin quina quins quines qual quals quan on quant quanta quants quantes
        # adverbs and particles
        no ja també molt més menys tan així tot tota tots totes mateix mateixa mateixos altre altra altres cada aquí
        """
}
