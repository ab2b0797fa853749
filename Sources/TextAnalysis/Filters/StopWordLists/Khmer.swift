extension StopWordLists {
    /// Khmer, as ICU's dictionary cuts words.
    static let khmer = """
        # relatives and demonstratives
        ដែល នេះ នោះ
        # prepositions
        នៅ ក្នុង របស់ នៃ ពី ដោយ សម្រាប់ លើ ចំពោះ ដល់ តាម ដើម្បី
        # conjunctions
        និង ឬ ថា ប្រសិនបើ បើ ប៉ុន្តែ ព្រោះ ហើយ
        # auxiliaries, tense, voice
        ជា គឺ មាន បាន ត្រូវ នឹង កំពុង
        # pronouns
        ខ្ញុំ គាត់ វា យើង គេ
        # question words
        តើ អ្វី អ្នកណា ណា ហេតុអ្វី ប៉ុន្មាន
        # particles, negation
        មិន ទេ ដែរ ឡើយ ការ
        """
}
