extension StopWordLists {
    /// French; elided articles and pronouns (`l'`, `d'`, `qu'`) are the tokenizer's affair.
    static let french = """
        # articles and demonstratives
        le la les un une des du de au aux ce cet cette ces
        # pronouns and possessives
        je tu il elle on nous vous ils elles me te se lui leur leurs moi toi soi eux y en
        mon ma mes ta tes sa ses son notre nos votre vos
        celui celle ceux celles ceci cela ça
        # prepositions
        à dans par pour avec sur chez entre depuis dès
        # conjunctions
        et ou mais donc ni que si quand comme lorsque puisque
        # auxiliaries
        être suis es est êtes sont étais était étions étiez étaient étant sera serai seras serons serez seront
        serait seraient soit soient fut furent
        avoir ai as a avons avez ont avais avait aviez avaient ayant aura aurai auras aurons aurez auront
        aurait auraient ait aient eut eu
        peut peuvent pouvait doit doivent
        # relative and question words
        qui quoi dont où quel quelle quels quelles lequel laquelle lesquels lesquelles auquel duquel desquels desquelles
        comment pourquoi combien
        # adverbs and particles
        ne pas aussi ainsi très plus moins tout toute tous toutes même mêmes encore déjà alors puis ici là
        """
}
