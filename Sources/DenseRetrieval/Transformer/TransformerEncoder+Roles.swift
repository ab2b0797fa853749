extension TransformerEncoder {
    /// The names of the prompts that may stand before a text of a role, the first that is there counts (as in sentence-transformers' encode_query and encode_document).
    private static func names(_ role: TextRole) -> [String] {
        switch role {
        case .query: ["query"]
        case .document: ["document", "passage", "corpus"]
        }
    }

    /// What stands before every text of a role: its prompt, else the default prompt, else nothing.
    public func prompt(for role: TextRole) -> String {
        let name = Self.names(role).first { prompts[$0] != nil } ?? defaultPrompt
        return name.flatMap { prompts[$0] } ?? ""
    }

    /// The token ids of texts with their prompt and special tokens, cut to the longest sequence.
    func sequences(_ texts: [String], as role: TextRole, threads: Int) -> [[Int32]] {
        let before = prompt(for: role)
        return sequences(before.isEmpty ? texts : texts.map { before + $0 }, threads: threads)
    }
}
