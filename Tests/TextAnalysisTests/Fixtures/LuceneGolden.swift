/// Terms by Lucene 9.9.1's EnglishAnalyzer (the jar of Anserini 0.25.0): `new EnglishAnalyzer().tokenStream("f", text)`, the terms
/// joined by spaces.
enum LuceneGolden {
    static let cases: [(text: String, terms: String)] = [
        (
            "The quick brown foxes jumped over the lazy dogs' tails.",
            "quick brown fox jump over lazi dog tail"
        ),
        (
            "It's John's book, not the Joneses' or James's; O'Neill's too.",
            "john book jones jame o'neil too"
        ),
        (
            "Isn't that the dog\u{2019}s bone? Rock \u{2019}n\u{2019} roll, \u{2019}tis said.",
            "isn't dog bone rock n roll ti said"
        ),
        (
            "POSSESSIVE'S UPPER CASE AND'S",
            "possess upper case"
        ),
        (
            "A U.S.A. agency, e.g. N.A.S.A., paid 1,234.56 dollars and 3.14% in 2019.",
            "u.s.a agenc e.g n.a.s.a paid 1,234.56 dollar 3.14 2019"
        ),
        (
            "Mail foo_bar at example.com or see http-server v2.0.1 now.",
            "mail foo_bar example.com see http server v2.0.1 now"
        ),
        (
            "Version 1.2.3-beta4, build x86_64, 802.11b, C++ and C# code.",
            "version 1.2.3 beta4 build x86_64 802.11b c c code"
        ),
        (
            "possibly biology, technology, theology, ably, nobly, analogies",
            "possibl biologi technolog theologi abli nobli analog"
        ),
        (
            """
            relational conditional rational valenci hesitanci digitizer conformabli radicalli \
            differentli vileli analogousli
            """,
            "relat condit ration valenc hesit digit conform radic differ vile analog"
        ),
        (
            """
            vietnamization predication operator feudalism decisiveness hopefulness callousness \
            formaliti sensitiviti sensibiliti
            """,
            "vietnam predic oper feudal decis hope callous formal sensit sensibl"
        ),
        (
            "triplicate formative formalize electriciti electrical hopeful goodness",
            "triplic form formal electr electr hope good"
        ),
        (
            """
            revival allowance inference airliner gyroscopic adjustable defensible irritant replacement \
            adjustment dependent adoption homologou communism activate angulariti homologous effective \
            bowdlerize
            """,
            """
            reviv allow infer airlin gyroscop adjust defens irrit replac adjust depend adopt homolog \
            commun activ angular homolog effect bowdler
            """
        ),
        (
            """
            probate rate cease controll roll caresses ponies ties caress cats feed agreed plastered \
            bled motoring sing conflated troubled sized hopping tanned falling hissing fizzed failing \
            filing happy sky
            """,
            """
            probat rate ceas control roll caress poni ti caress cat feed agre plaster bled motor sing \
            conflat troubl size hop tan fall hiss fizz fail file happi sky
            """
        ),
        (
            "naïve café résumé Ångström coöperate",
            "naïv café résumé ångström coöper"
        ),
        (
            "He said \"no-one\" into the-then_such with/without such.",
            "he said on then_such without"
        ),
        (
            "snake_case __init__ a_b_c _leading trailing_ 10_000",
            "snake_cas __init__ a_b_c _lead trailing_ 10_000"
        ),
        (
            "one,two;three 1,2;3 a.b a.1 1.a 1'000 a'b'c",
            "on two three 1,2;3 a.b 1 1 1'000 a'b'c"
        ),
    ]
}
