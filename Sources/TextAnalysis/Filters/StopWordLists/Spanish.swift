extension StopWordLists {
    /// Spanish.
    static let spanish = """
        # articles and demonstratives
        el la los las lo un una unos unas al del este esta esto estos estas ese esa eso esos esas
        aquel aquella aquello aquellos aquellas
        # pronouns and possessives
        yo tú él ella ello nosotros nosotras vosotros vosotras ellos ellas usted ustedes me te se nos os le les mí ti sí
        mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras
        suyo suya suyos suyas algo alguien
        # prepositions
        a con de desde en entre hacia hasta para por según sobre
        # conjunctions
        y e o u ni que si pero sino porque pues como aunque mientras
        # auxiliaries
        ser soy eres es somos sois son era eras éramos eran fui fue fueron sido siendo sea sean será serán sería serían fuera
        estar estoy estás está estamos están estaba estaban estuvo esté
        haber he has ha hemos han había habían hubo habrá habría haya hayan hay
        puede pueden podía debe deben
        # question words
        qué quién quiénes quien quienes cuál cuáles cual cuales cuándo cuando dónde donde adónde cómo
        cuánto cuánta cuántos cuántas cuyo cuya cuyos cuyas
        # adverbs and particles
        no ya también muy más menos tan así aún todo toda todos todas mismo misma mismos mismas otro otra otros otras
        cada aquí ahí allí entonces
        """
}
