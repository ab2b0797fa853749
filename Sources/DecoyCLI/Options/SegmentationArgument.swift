import ArgumentParser
import Decoy

extension Segmentation: ExpressibleByArgument {
    /// What `--segmentation` says of itself.
    static let help = ArgumentHelp(
        """
        How scripts without spaces and Hangul are cut. (default: the analyzer's)
        """, valueName: "segmentation")
}

extension AnalyzerOptions {
    /// The same analyzer with the segmentation that `--segmentation` names, where it is given.
    func segmented(_ segmentation: Segmentation?) throws -> AnalyzerOptions {
        guard let segmentation else { return self }
        guard tokenizer == .words else {
            throw UsageProblem(
                "--segmentation: the analyzer \(name) cuts at white space alone; leave it out, or take another analyzer"
            )
        }
        var options = self
        options.segmentation = segmentation
        return options
    }
}
