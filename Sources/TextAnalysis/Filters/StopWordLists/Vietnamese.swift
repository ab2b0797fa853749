extension StopWordLists {
    /// Vietnamese: single syllables that are nearly always function words.
    ///
    /// A word is often two syllables, and ICU cuts at every space; so syllables that are parts of content words stay out.
    static let vietnamese = """
        # plural and classifier markers
        những các mỗi mọi
        # demonstratives
        này đó ấy kia đây đấy
        # prepositions
        của với tại bởi cho về
        # conjunctions
        và hoặc nhưng nếu thì mà vì nên rằng tuy như
        # to be, tense, voice
        là được bị đã đang sẽ vẫn cũng
        # question words
        gì nào ai đâu
        # particles
        rất cứ ạ nhé nhỉ
        # negation
        chưa chẳng
        """
}
