extension StopWordLists {
    /// Hungarian.
    static let hungarian = """
        # articles
        a az egy
        # demonstratives
        ez ezek azok ezt azt ezen azon ebben abban ebből abból erre arra erről arról ehhez ahhoz ezzel azzal ennek annak
        ilyen olyan ezeket azokat
        # pronouns
        én te ő mi ti ők engem téged őt minket titeket őket nekem neked neki nekünk nektek nekik
        maga magát saját valami valaki egymás
        # conjunctions
        és s vagy de hogy ha mert mint illetve valamint pedig azonban tehát hanem bár mivel amíg míg így sem is
        # relatives
        ami amely amelyek amelyet amelynek amelyben aki akik akit akinek amit ahol amikor ahogy
        # question words
        ki kik kit kinek mit minek melyik milyen hol hova honnan mikor miért hogyan mennyi hány
        # postpositions
        alatt felett mellett között által szerint miatt számára
        # to be
        van vannak volt voltak lesz lesznek lenne lehet lett lettek legyen
        # verbal prefixes written apart, particles, negation
        meg el fel le be nem ne nincs csak már még majd most itt ott úgy akkor
        """
}
