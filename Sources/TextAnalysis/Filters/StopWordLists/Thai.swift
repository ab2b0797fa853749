extension StopWordLists {
    /// Thai, as ICU's dictionary cuts words.
    static let thai = """
        # relatives and demonstratives
        ที่ ซึ่ง อัน นี้ นั้น โน้น นี่ นั่น
        # nominal prefixes
        การ ความ
        # prepositions
        ใน ของ จาก กับ แก่ แด่ ถึง โดย ด้วย เพื่อ สำหรับ ระหว่าง ตั้งแต่ จน จนถึง แห่ง ณ เมื่อ
        # conjunctions
        และ หรือ แต่ ว่า ถ้า หาก เพราะ เนื่องจาก จึง แล้ว ก็ ทั้ง คือ เช่น
        # auxiliaries and aspect
        เป็น อยู่ มี ได้ จะ ให้ เคย กำลัง ยัง อาจ ต้อง ควร
        # pronouns
        ฉัน ดิฉัน เรา คุณ ท่าน เธอ พวก
        # question words
        อะไร ใคร ใด ไหน ที่ไหน กี่ เท่าไร เท่า เท่าใด ไหร่ อย่างไร ไง เมื่อไร ทำไม ไหม
        # particles, negation
        ไม่ มิ ๆ ครับ ค่ะ คะ นะ กัน ต่างๆ
        """
}
