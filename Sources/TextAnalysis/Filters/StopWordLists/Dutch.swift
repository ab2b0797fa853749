extension StopWordLists {
    /// Dutch.
    static let dutch = """
        # articles and demonstratives
        de het een deze dit die dat geen der des den
        # pronouns and possessives
        ik jij je u hij zij ze wij we jullie mij me jou hem haar ons hen hun zich men
        mijn jouw uw zijn onze zichzelf iets iemand elkaar
        # prepositions
        aan bij door in met na naar om onder op over sinds te ten ter tot tussen uit van vanaf vanuit via voor per
        # conjunctions
        en of maar want dus als omdat doordat hoewel terwijl zodat indien toen dan nadat voordat noch
        # auxiliaries and modals
        ben bent is was waren geweest heb hebt heeft hebben had hadden gehad
        word wordt worden werd werden geworden zal zult zullen zou zouden kan kunt kunnen kon konden
        moet moeten moest moesten mag mogen wil willen wilde wilden
        # question words
        wie wat welk welke wanneer waar waarom hoe hoeveel waarheen waardoor waarin waarmee waarvan wiens
        # adverbs and particles
        niet ook nog al wel er hier daar nu zo zeer toch reeds slechts alleen daarin daarmee daarvan daarom hierin hiermee
        ervan erop ermee erin zoals
        """
}
