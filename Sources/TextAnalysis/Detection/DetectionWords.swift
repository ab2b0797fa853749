/// Function words that are evidence for a language but no stop words of ours.
enum DetectionWords {
    /// English: Lucene's 33 stop words are too few to tell it by.
    static let english = """
        a an the this that these those such no not
        i you he she it we they me him her us them my your his its our their who whom whose which what when where why how
        of in on at by for from to with into onto over under about between through during within without against
        after before above below up down out off than as via per
        and or but nor if then because while so whether although though unless until since
        is are was were be been being am has have had having do does did done doing
        will would can could shall should may might must cannot
        there here all any both each every some other another more most many much few only own same too very just also
        again once however thus therefore don doesn isn
        using used use uses based allows provides
        """
}
