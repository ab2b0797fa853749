extension StopWordLists {
    /// Indonesian.
    static let indonesian = """
        # pronouns
        saya aku kamu anda dia ia beliau kami kita kalian mereka nya diri dirinya
        # demonstratives and articles
        ini itu tersebut begitu begini demikian sini situ sana sang si para suatu sebuah seorang seekor
        # prepositions
        di ke dari pada kepada oleh untuk dengan dalam bagi tentang sejak hingga sampai antara terhadap daripada
        # conjunctions
        dan atau tetapi tapi namun serta bahwa karena sebab jika kalau bila apabila ketika agar supaya sehingga maka
        meskipun walaupun sedangkan sambil seperti sebagai yaitu yakni
        # auxiliaries and particles
        adalah ialah merupakan akan telah sudah sedang masih dapat bisa boleh harus belum ada
        yang pun lah kah juga lagi saja hanya sangat lebih paling semua setiap tiap secara menjadi
        # negation
        tidak tak bukan
        # question words
        apa apakah siapa siapakah kapan mana dimana manakah mengapa kenapa bagaimana bagaimanakah berapa berapakah
        """
}
