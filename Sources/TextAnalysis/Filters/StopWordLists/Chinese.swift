extension StopWordLists {
    /// Chinese, simplified and traditional, as ICU's dictionary cuts words.
    static let chinese = """
        # structural and aspect particles
        的 得 之 了 着 著 们 們 所 者
        # sentence particles
        吗 嗎 呢 吧 啊 呀 嘛 啦
        # pronouns
        我 你 您 他 她 它 牠 我们 我們 你们 你們 他们 他們 她们 她們 它们 它們 自己 其 此 某
        # demonstratives and measure words
        这 這 那 这个 這個 那个 那個 这些 這些 那些 这里 這裡 那里 那裡 这样 這樣 那样 那樣 该 該 个 個 一个 一個 一些
        # prepositions
        在 于 於 从 從 自 由 以 对 對 对于 對於 关于 關於 把 被 给 給 跟 和 与 與 同 及 以及 向 往 至 到 为 為 为了 為了 按 依
        # conjunctions
        或 或者 但 但是 而 而且 并 並 并且 並且 且 不过 不過 然而 因 因为 因為 所以 因此 由于 由於 如果 若 虽 雖 虽然 雖然 即 则 則
        # to be and to have, modals
        是 就是 有 可 可以 将 將 曾 已 已经 已經 能 能够 能夠
        # question words
        什么 什麼 甚麼 怎么 怎麼 怎样 怎樣 谁 誰 哪 哪个 哪個 哪些 哪里 哪裡 哪儿 哪兒 哪一 何 何时 何時 为什么 為什麼 为何 為何
        什么时候 什麼時候 如何 多少 几 幾
        # adverbs and negation
        也 亦 都 就 又 还 還 很 更 最 再 才 只 不 没 沒 没有 沒有 等
        """
}
