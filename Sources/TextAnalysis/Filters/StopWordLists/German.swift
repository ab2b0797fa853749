extension StopWordLists {
    /// German.
    static let german = """
        # articles and demonstratives
        der die das den dem des ein eine einer eines einem einen kein keine keiner keines keinem keinen
        dieser diese dieses diesem diesen jener jene jenes jenem jenen derselbe dieselbe dasselbe derjenige diejenige dasjenige
        # pronouns and possessives
        ich du er sie es wir ihr mich dich sich ihn uns euch mir dir ihm ihnen man
        mein meine meiner meines meinem meinen dein deine deiner deines deinem deinen sein seine seiner seines seinem seinen
        ihre ihrer ihres ihrem ihren unser unsere unserer unseres unserem unseren euer eure eurer eures eurem euren
        deren dessen denen etwas jemand selbst
        # prepositions
        an am ans auf aus außer bei beim bis durch für in im ins mit nach seit über um unter von vom vor zu zum zur zwischen
        # conjunctions
        und oder aber denn sondern sowie dass ob wenn weil da als damit indem obwohl während bevor nachdem falls sobald sodass
        # auxiliaries and modals
        bin bist ist sind seid war warst waren wart gewesen sei seien wäre wären
        habe hast hat haben habt hatte hatten hattest gehabt hätte hätten
        werde wirst wird werden werdet wurde wurden worden würde würden
        kann kannst können könnt konnte konnten könnte könnten muss musst müssen musste mussten
        soll sollen sollte sollten will wollen wollte wollten darf dürfen mag möchte möchten
        # question words
        wer wen wem wessen was welcher welche welches welchem welchen wann wo wohin woher warum weshalb wieso wie
        wieviel womit wodurch wofür wozu woran worin
        # adverbs and particles
        nicht auch nur noch schon so sehr hier dort dann also doch ja nun mal wieder zwar dazu dabei davon dafür daran darauf
        darin daraus damals daher hin her etwa
        """
}
