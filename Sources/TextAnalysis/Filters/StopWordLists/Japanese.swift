extension StopWordLists {
    /// Japanese, as ICU's dictionary cuts words: particles, endings of verbs, auxiliaries.
    static let japanese = """
        # case and topic particles, alone and joined
        は が を に で の と も や へ か から まで より など って では でも ほど だけ のみ ながら
        として という によって による により において における について に対して に対する にとって ため
        # sentence particles
        ね よ わ ぞ さ かな
        # pieces of endings
        た て し れ せ な だ ば ず ら っ ない なく たい ます です られる れる せる たか
        # auxiliaries
        する した いる い てい おり ある あり あっ なる なり できる いるか
        # formal nouns
        こと もの よう ところ
        # demonstratives and pronouns
        この その あの これ それ あれ ここ そこ こう そう それぞれ 私 彼 彼女
        # conjunctions
        また および 及び または そして しかし ただし なお さらに すなわち つまり
        # question words
        何 何と 誰 いつ いつか どこ どこか どの どれ どう どちら どんな なぜ いくつ いくら
        """
}
