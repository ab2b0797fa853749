import ArgumentParser

/// What is served beside an index and its vectors.
struct ServedFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp("Vectors of the model before it was trained with mined negatives.", valueName: "vectors"),
        completion: .directory)
    var before: String?

    @Option(help: ArgumentHelp("The model that made --before.", valueName: "model"), completion: .directory)
    var beforeModel: String?

    @Option(
        help: ArgumentHelp("A cross-encoder that ranks the best documents again (rerank=true).", valueName: "folder"),
        completion: .directory)
    var reranker: String?

    @Option(
        help: ArgumentHelp("Texts for vectors without an index; held in memory.", valueName: "corpus"),
        completion: .file())
    var corpus: String?

    func validate() throws {
        guard (before == nil) == (beforeModel == nil) else {
            throw ValidationError("--before and --before-model go together")
        }
    }
}
