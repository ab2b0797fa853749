import DecoyTestSupport
import Foundation
import Testing

@Suite("What an output may take the place of", .tags(.endToEnd, .fault))
struct OutputFolderTests {
    /// Each command that writes a folder, with the prepared folder of its kind.
    private func writers(_ shared: Prepared) -> [(arguments: [String], made: String)] {
        [
            (["index", shared.dataset], shared.index),
            (["train", shared.dataset] + Prepared.quickTraining, shared.model),
            (["encode", shared.model, shared.dataset], shared.vectors),
        ]
    }

    @Test("What is there stays as it is without --force, and is replaced with it.")
    func force() throws {
        let shared = try Prepared.shared()
        for (arguments, made) in writers(shared) {
            let folder = try TemporaryFolder()
            let path = folder.path("out")
            try FileManager.default.copyItem(atPath: made, toPath: path)
            try folder.write("out/added", "by hand")
            let before = try FolderContents(path)
            let refused = try DecoyProcess.run(arguments + ["-o", path])
            #expect(refused.status == 64 && refused.messages.contains("--force"), "\(refused.messages)")
            #expect(try FolderContents(path) == before)
            let replaced = try DecoyProcess.run(arguments + ["-o", path, "--force"])
            #expect(replaced.status == 0, "\(replaced.messages)")
            #expect(try FolderContents(path).differences(from: FolderContents(made)).isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out"])
        }
    }

    @Test("--force never replaces a folder of another kind, nor a file.")
    func foreign() throws {
        let shared = try Prepared.shared()
        let experiment = (["experiment", shared.dataset, "--seeds", "1"] + Prepared.quickExperiment, "")
        for (arguments, made) in writers(shared) + [experiment] {
            for other in [shared.dataset, shared.index, shared.model, shared.vectors] where other != made {
                let folder = try TemporaryFolder()
                let path = folder.path("out")
                try FileManager.default.copyItem(atPath: other, toPath: path)
                let before = try FolderContents(path)
                let outcome = try DecoyProcess.run(arguments + ["-o", path, "--force"])
                #expect(outcome.status == 64, "\(arguments[0]) over \(other): \(outcome.messages)")
                #expect(outcome.messages.contains("--force replaces only"), "\(outcome.messages)")
                #expect(try FolderContents(path) == before)
            }
            let folder = try TemporaryFolder()
            let file = try folder.write("out", "a diary")
            let outcome = try DecoyProcess.run(arguments + ["-o", file, "--force"])
            #expect(outcome.status == 64 && outcome.messages.contains("is a file"), "\(outcome.messages)")
            #expect(try folder.bytes("out") == Array("a diary".utf8))
        }
    }

    @Test("An empty folder is filled, and folders above that are missing are made.")
    func free() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        for path in [try folder.makeFolder("empty"), folder.path("new/deep/index")] {
            let outcome = try DecoyProcess.run(["index", shared.dataset, "-o", path])
            #expect(outcome.status == 0, "\(outcome.messages)")
            #expect(try FolderContents(path) == FolderContents(shared.index))
        }
    }

    @Test("A file goes only into a folder that is there, and an existing one stays as it is where the command fails.")
    func files() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let missing = try DecoyProcess.run(
            ["search", shared.index, "--queries", shared.queries, "-o", folder.path("none/run.trec")])
        #expect(missing.status == 4 && missing.messages.contains(folder.path("none")), "\(missing.messages)")
        #expect(try folder.files().isEmpty)
        let kept = try folder.write("run.trec", "precious")
        let failed = try DecoyProcess.run(
            ["search", shared.index, "--queries", folder.path("no.jsonl"), "-o", kept])
        #expect(failed.status == 4)
        #expect(try folder.bytes("run.trec") == Array("precious".utf8))
        let onFolder = try DecoyProcess.run(
            ["search", shared.index, "--queries", shared.queries, "-o", folder.path])
        #expect(onFolder.status == 6, "\(onFolder.messages)")
    }

    @Test(
        "A folder that may not be written is named before any work, with exit code 6.",
        .enabled(if: getuid() != 0, "the superuser may write everywhere"))
    func unwritable() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let closed = try folder.makeFolder("closed")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
        for (arguments, _) in writers(shared) {
            let outcome = try DecoyProcess.run(arguments + ["-o", closed + "/out"])
            #expect(outcome.status == 6 && outcome.messages.contains(closed), "\(outcome.messages)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: closed)
    }

    @Test("A path below a file is refused with exit code 6.")
    func belowFile() throws {
        let shared = try Prepared.shared()
        for (arguments, _) in writers(shared) {
            let outcome = try DecoyProcess.run(arguments + ["-o", shared.corpus + "/out"])
            #expect(outcome.status == 6 && outcome.messages.contains(shared.corpus), "\(outcome.messages)")
        }
    }
}
