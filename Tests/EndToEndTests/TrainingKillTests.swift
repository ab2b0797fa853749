import DecoyTestSupport
import Foundation
import Testing

/// The built binary, killed at random moments while it trains.
@Suite("A training that is killed", .tags(.endToEnd))
struct TrainingKillTests {
    private static let options = [
        "--dimension", "32", "--epochs", "40", "--batch-size", "4", "--warmup", "0.1", "--schedule", "cosine", "-q",
    ]

    /// Options for a start from a transformer.
    private static let adapting = [
        "--epochs", "15", "--batch-size", "4", "--towers", "separate", "--lora-rank", "2", "--gradient-cache", "3",
        "--evaluate-every", "7", "-q",
    ]

    @Test(
        "Killed again and again and resumed, whatever the threads, it ends with the bytes of an uninterrupted run.",
        arguments: [false, true])
    func kill(ofTransformer isTransformer: Bool) throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let options =
            isTransformer ? Self.adapting + ["--encoder", try shared.transformer(in: folder)] : Self.options
        let whole = try DecoyProcess.run(["train", shared.dataset, "-o", folder.path("whole")] + options)
        #expect(whole.status == 0, "\(whole.messages)")
        var random = SeededGenerator(seed: UInt64(Date().timeIntervalSince1970))
        let model = folder.path("model")
        let states = model + ".checkpoint"
        var kills = 0
        var finished = false
        func call(_ round: Int) -> [String] {
            [
                "train", shared.dataset, "-o", model, "--checkpoint-every", "\(1 + round % 2)", "--resume",
                "--threads", "\(1 + round % 2)",
            ] + options
        }
        for round in 0..<40 where !finished {
            let process = try DecoyProcess(call(round))
            if round < 6 {
                // Until it trains, then a random moment longer: in a step, or in a write.
                let before = try? FileManager.default.contentsOfDirectory(atPath: states)
                process.wait {
                    let now = try? FileManager.default.contentsOfDirectory(atPath: states)
                    return now != before && now?.contains(where: { $0.hasSuffix(".state") }) == true
                }
                Thread.sleep(forTimeInterval: Double.random(in: 0...0.05, using: &random))
                process.signal(SIGKILL)
            }
            let outcome = try process.finish()
            if outcome.status == -1 { kills += 1 }
            #expect(outcome.status <= 0, "seed \(random.seed), round \(round): \(outcome.messages)")
            finished = FileManager.default.fileExists(atPath: model + "/decoy.json")
            // Killed between the model and the removal of the checkpoints: the same call with --force ends it.
            if finished, outcome.status == -1, FileManager.default.fileExists(atPath: states) {
                let again = try DecoyProcess.run(call(round) + ["--force"])
                #expect(again.status == 0, "seed \(random.seed): \(again.messages)")
            }
        }
        #expect(kills > 0 && finished, "seed \(random.seed)")
        let difference = try FolderContents(model).differences(from: FolderContents(folder.path("whole")))
        #expect(difference == [], "seed \(random.seed)")
        #expect(!FileManager.default.fileExists(atPath: states))
    }

    @Test("Ctrl-C writes a checkpoint and says how to go on; other options are then refused with status 2.")
    func interrupt() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let call = ["train", shared.dataset, "-o", folder.path("m"), "--checkpoint-every", "3"]
        let states = folder.path("m.checkpoint")
        let outcome = try DecoyProcess.interrupted(call + Self.options + ["--force"], by: SIGINT) {
            let now = try? FileManager.default.contentsOfDirectory(atPath: states)
            return now?.contains { $0.hasSuffix(".state") } == true
        }
        #expect(outcome.status == 130 && outcome.messages.contains("--resume"), "\(outcome.messages)")
        let again = try DecoyProcess.run(call + Self.options)
        #expect(again.status == 64 && again.messages.contains("resume"), "\(again.messages)")
        let other = try DecoyProcess.run(call + Self.options + ["--resume", "--seed", "5"])
        #expect(other.status == 2 && other.messages.contains("seed (1, now 5)"), "\(other.messages)")
        #expect(try DecoyProcess.run(call + Self.options + ["--resume"]).status == 0)
        let wild = try DecoyProcess.run(
            ["train", shared.dataset, "-o", folder.path("w"), "--checkpoint-every", "1", "--learning-rate", "1e20"]
                + Self.options)
        #expect(wild.status == 2 && wild.messages.contains("learning rate"), "\(wild.messages)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("w")))
        let none = try DecoyProcess.run(call.dropLast() + ["0"] + Self.options)
        #expect(none.status == 64)
    }

    @Test(
        "Evaluated on dev, the best step becomes the model and stands in its card; a split that must not choose is refused."
    )
    func evaluation() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: shared.dataset, toPath: folder.path("data"))
        try FileManager.default.copyItem(atPath: shared.test, toPath: folder.path("data/qrels/held.tsv"))
        let call = ["train", folder.path("data"), "-o", folder.path("m"), "--evaluate-every", "epoch", "-f"]
        let trained = try DecoyProcess.run(
            call + ["--dev-split", "held", "--patience", "2", "--dev-measure", "RR@10"] + Self.options)
        #expect(trained.status == 0, "\(trained.messages)")
        let card = String(decoding: try folder.bytes("m/README.md"), as: UTF8.self)
        #expect(card.contains("RR@10 on data/held, by step: ") && card.contains("the model is that of step"))
        for bad in [
            ["--dev-split", "test"], ["--dev-split", "train"], ["--dev-split", "none"], ["--dev-measure", "x"],
        ] {
            let outcome = try DecoyProcess.run(call + bad + Self.options)
            #expect(outcome.status == 64, "\(bad) \(outcome.messages)")
        }
    }
}
