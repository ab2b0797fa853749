extension StopWordLists {
    /// Portuguese, of Brazil and of Portugal.
    static let portuguese = """
        # articles, and their contractions
        o a os as um uma uns umas ao à aos às do da dos das no na nos nas num numa nuns numas dum duma
        pelo pela pelos pelas
        # demonstratives
        este esta isto estes estas esse essa isso esses essas aquele aquela aquilo aqueles aquelas
        deste desta disto destes destas desse dessa disso desses dessas neste nesta nestes nestas nesse nessa nisso
        daquele daquela naquele naquela
        # pronouns and possessives
        eu tu ele ela nós vós eles elas você vocês me te se lhe lhes mim ti si comigo consigo
        meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos nossas dele dela deles delas
        algo alguém
        # prepositions
        de em por para com entre desde até sobre
        # conjunctions
        e ou nem que mas porém porque pois como embora enquanto
        # auxiliaries
        ser sou és é somos são era eram fui foi foram sido sendo seja sejam será serão seria seriam fosse
        estar estou está estamos estão estava estavam esteve esteja
        ter tenho tem temos têm tinha tinham teve tiveram tenha tendo
        haver há havia houve haja
        pode podem podia deve devem
        # question words
        quem qual quais quando onde aonde quê quanto quanta quantos quantas cujo cuja cujos cujas
        # adverbs and particles
        não já também muito mais menos tão assim ainda todo toda todos todas mesmo mesma mesmos mesmas
        outro outra outros outras cada aqui aí ali então
        """
}
