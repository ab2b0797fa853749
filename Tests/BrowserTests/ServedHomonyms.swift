import DecoyTestSupport
import Foundation
import Synchronization

/// The folder that goes when the test process ends.
private let remover = Mutex<String>("")

/// The embedded corpus, served with two quickly trained models; made once.
struct ServedHomonyms: Sendable {
    let folder: TemporaryFolder
    let corpus: String
    let index: String
    let server: PageServer
    var address: String { server.address }

    private static let made = Result { try ServedHomonyms() }

    static func shared() throws -> ServedHomonyms { try made.get() }

    private init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        remover.withLock { $0 = folder.path }
        atexit { remover.withLock { try? FileManager.default.removeItem(atPath: $0) } }
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../corpora/homonyms")
        corpus = root.standardized.path
        index = folder.path("homonyms.index")
        try Decoy.run(["index", corpus, "-o", index])
        for (name, seed) in [("before", "1"), ("after", "2")] {
            let model = folder.path(name)
            try Decoy.run([
                "train", corpus, "-o", model, "--dimension", "16", "--epochs", "1", "--learning-rate", "0.01",
                "--temperature", "0.05", "--seed", seed,
            ])
            try Decoy.run(["encode", model, corpus, "-o", folder.path(name + ".vectors")])
        }
        server = try PageServer([
            index, "--dense", folder.path("after.vectors"), "--model", folder.path("after"),
            "--before", folder.path("before.vectors"), "--before-model", folder.path("before"),
        ])
    }
}
