import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// The order in which training goes through the negatives of a file.
struct NegativeOrderFlag: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Where the file has more negatives of a query than --num-negatives: rotate through them in random order, or curriculum: the \
            first of the list in the first epoch, the last in the last, easy to hard as mine --sampling curriculum writes them.
            """))
    var negativeOrder: NegativeOrder = .rotate

    /// The order for a file of negatives; throws what cannot be right.
    func order(of negatives: String?, isReranked: Bool) throws -> NegativeOrder {
        guard negativeOrder == .curriculum else { return negativeOrder }
        guard let negatives else {
            throw UsageProblem("--negative-order curriculum: needs --negatives FILE, whose order it follows")
        }
        if isReranked {
            throw UsageProblem(
                "--negative-order curriculum follows the file, --refresh-negatives and --refresh-steps the model; give one of them"
            )
        }
        if let sampling = Self.sampling(of: negatives), sampling != MiningOptions.Sampling.curriculum.rawValue {
            throw UsageProblem(
                """
                --negative-order curriculum: \(negatives) was mined with --sampling \(sampling) (as its .meta.json says), so it is not \
                ordered from easy to hard; mine with --sampling curriculum
                """)
        }
        return negativeOrder
    }

    /// How the negatives of a file were chosen, as the record beside it says; nil where there is none.
    private static func sampling(of path: String) -> String? {
        struct Record: Decodable {
            struct Options: Decodable { var sampling: String }
            var options: Options
        }
        guard let file = try? MappedFile(path: path + ".meta.json") else { return nil }
        let data = file.withUnsafeBytes { Data($0) }
        return (try? JSONDecoder().decode(Record.self, from: data))?.options.sampling
    }
}

extension NegativeOrder: ExpressibleByArgument {}
