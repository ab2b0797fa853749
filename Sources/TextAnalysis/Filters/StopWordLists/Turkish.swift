extension StopWordLists {
    /// Turkish.
    static let turkish = """
        # articles, demonstratives
        bir bu şu o bunlar şunlar onlar bunun şunun onun bunu şunu onu buna şuna ona bunda onda bundan şundan ondan
        bunların onların bunları onları böyle şöyle öyle
        # pronouns
        ben sen biz siz beni seni bizi sizi bana sana bize size benim senin bizim sizin
        bende sende bizde sizde benden senden bizden sizden kendi kendisi kendini kendine bazı her hepsi biri birkaç şey
        # postpositions
        için ile gibi kadar göre üzere dolayı
        # conjunctions
        ve veya ya yahut ama fakat ancak lakin çünkü ki de da hem eğer ise oysa yani hatta dahi
        # to be and to become
        idi imiş iken var vardı vardır olan olarak olduğu olduğunu oldu olmak olması olur olup olsa ol
        # question words
        ne kim kimin kime kimi kimler hangi hangisi nasıl neden niçin niye nerede nereye nereden nere kaç
        mi mı mu mü mıdır midir
        # negation and particles
        değil daha çok en pek bile sadece artık diye işte
        """
}
