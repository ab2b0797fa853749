extension StopWordLists {
    /// Arabic, without vowel signs; with the conjunction `و` where it is written onto a function word.
    static let arabic = """
        # prepositions
        في من إلى على عن مع حتى منذ عند لدى بين خلال حول مثل
        وفي ومن وإلى وعلى وعن ومع
        # prepositions with a pronoun
        فيه فيها فيهم منه منها منهم إليه إليها إليهم عليه عليها عليهم عنه عنها عنهم معه معها معهم به بها بهم له لها لهم
        لنا لك لي بينهم بينها لديه لديها عنده
        # pronouns
        هو هي هم هن هما أنا نحن أنت أنتم وهو وهي وهم
        # demonstratives and relatives
        هذا هذه هذان هؤلاء ذلك تلك أولئك هنا هناك كذلك وهذا وهذه وذلك لذلك بذلك
        الذي التي الذين اللذان اللتان اللواتي والذي والتي
        # conjunctions
        و أو أم ثم بل لكن ولكن إن أن أنه أنها أنهم وأن وإن بأن بأنه لأن لأنه فإن إذا إذ لو كما حيث بينما كي لكي أما إما إنه إنها
        # to be, and verbs of tense
        كان كانت كانوا يكون تكون يكونون وكان وكانت ليس ليست قد لقد وقد سوف
        # negation and exception
        لا لم لن ما إلا ولا ولم ولن
        # question words
        ماذا متى أين كيف لماذا هل أي أية كم
        # particles
        كل كلا بعض أيضا أيضًا فقط يا
        """
}
