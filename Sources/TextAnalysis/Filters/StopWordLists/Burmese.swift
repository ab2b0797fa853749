extension StopWordLists {
    /// Burmese, as ICU's dictionary cuts words.
    static let burmese = """
        # case particles
        ကို မှာ မှ နဲ့ ရဲ့ သို့
        # sentence endings, relatives
        တယ် တဲ့ ဘူး ခဲ့
        # plural
        များ
        # demonstratives
        ဒီ ထို ဤ
        # prepositions
        အတွက် ဖို့
        # topic
        ဟာ
        # question words
        ဘာ ဘယ်
        """
}
