extension StopWordLists {
    /// Korean: words that stand apart.
    ///
    /// Particles are written onto their noun and are no tokens.
    static let korean = """
        # pronouns
        나 나는 내 내가 저 저는 제 제가 너 너는 네가 우리 우리는 그 그는 그녀 그녀는 그들 그들은 당신 자신 자신의
        # demonstratives
        이 이것 이것은 그것 그것은 저것 이런 그런 저런 여기 거기 저기
        # conjunctions
        및 또는 또 또한 그리고 그러나 하지만 그런데 그래서 따라서 그러므로 즉 혹은 만약
        # bound nouns and auxiliaries
        것 것은 것이 것을 수 등 등의 때문에 있다 있는 있었다 있으며 한다 하는 하고 했다 된다 되는 되었다 이다 였다
        # question words
        누구 누가 무엇 무엇을 무엇이 무엇인가 무슨 뭐 언제 어디 어디서 어디에 어디에서 왜 어떻게 어떤 어느 몇 얼마나
        # relations
        대한 대해 대하여 위한 위해 위하여 의해 의한 통해 따라 관한
        # adverbs
        매우 더 가장 바로 모든 각
        """
}
