extension StopWordLists {
    /// Lao, as ICU's dictionary cuts words.
    static let lao = """
        # relatives and demonstratives
        ທີ່ ຊຶ່ງ ນີ້ ນັ້ນ
        # nominal prefixes
        ການ ຄວາມ
        # prepositions and conjunctions
        ໃນ ຂອງ ຈາກ ກັບ ໂດຍ ເພື່ອ ແລະ ຫຼື ແຕ່ ວ່າ ເພາະ ກໍ
        # auxiliaries
        ເປັນ ມີ ໄດ້ ຈະ ໃຫ້ ແມ່ນ ຢູ່
        # question words
        ຫຍັງ ໃຜ ໃສ ໃດ
        # negation
        ບໍ່
        """
}
