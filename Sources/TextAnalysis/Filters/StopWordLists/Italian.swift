extension StopWordLists {
    /// Italian; elided articles (`l'`, `dell'`) are the tokenizer's affair.
    static let italian = """
        # articles, and their contractions
        il lo la i gli le un uno una del dello della dei degli delle al allo alla ai agli alle
        dal dallo dalla dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle col
        # demonstratives
        questo questa questi queste quello quella quelli quelle quel quei quegli ciò
        # pronouns and possessives
        io tu egli lui lei noi voi essi esse esso essa loro mi ti si ci vi ne me te sé
        mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra vostri vostre
        # prepositions
        di a da in con su per tra fra
        # conjunctions
        e ed o ma anche che se né perché poiché mentre dunque quindi oppure come
        # auxiliaries
        essere sono è siamo siete era erano ero fu furono sia siano sarà saranno sarebbe sarebbero fosse fossero essendo
        avere ho hai ha abbiamo avete hanno aveva avevano avevo ebbe abbia abbiano avrà avranno avrebbe avrebbero avendo
        viene vengono può possono deve devono
        # question words
        chi cosa quale quali quando dove quanto quanta quanti quante cui
        # adverbs and particles
        non più meno già ancora così molto tutto tutta tutti tutte stesso stessa stessi stesse altro altra altri altre
        ogni qui lì là allora
        """
}
