import ArgumentParser
import Decoy

/// The options of a mining that decide how it runs, not what it finds.
struct MiningRunFlags: ParsableArguments {
    @Flag(
        help:
            "Go on where a mining with the same options and inputs was killed, else start at the first query; Ctrl-C then keeps the place too."
    )
    var resume = false

    @Option(help: ArgumentHelp("Keep the place beside FILE.partial every so many seconds.", valueName: "seconds"))
    var saveEvery = 5.0

    @Option(
        help: ArgumentHelp(
            "What queries under way and caches of texts may take, such as 64MB; smaller is slower, results are the same. The rest doesn't grow with the number of queries, but for --corpus. (default: 1024 queries at a time)",
            valueName: "size"))
    var memory: ByteSize?

    func validate() throws {
        guard saveEvery >= 0, saveEvery.isFinite else {
            throw ValidationError("--save-every: \(saveEvery) cannot be used; expected 0 or more seconds")
        }
    }
}

extension MiningRunFlags {
    /// Bounds a miner; says so where the texts of `--corpus` alone take more.
    func limit(_ miner: inout HardNegativeMiner, texts: (any DocumentStore)?, say: (String) -> Void) {
        miner.batchSize = 1024
        guard let memory else { return }
        miner.limitMemory(to: memory.bytes)
        guard let corpus = texts as? CorpusTexts, corpus.bytes > memory.bytes else { return }
        say(
            """
            the texts of --corpus take about \(ByteSize(bytes: corpus.bytes)), more than --memory \(memory): to mine within it, index them \
            (decoy index) and give the index, whose texts stay on disk
            """)
    }
}
