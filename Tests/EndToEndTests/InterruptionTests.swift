import DecoyTestSupport
import Foundation
import Testing

@Suite("Interrupted programs", .tags(.endToEnd, .fault))
struct InterruptionTests {
    /// Starts an index from an open standard input and waits until something of it is on disk.
    private func startIndex(in folder: TemporaryFolder) throws -> DecoyProcess {
        let process = try DecoyProcess(["index", "-", "-o", folder.path("index")])
        try process.write(SampleDataset().corpus.map { $0 + "\n" }.joined())
        let isWritten = try process.wait { try !FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty }
        #expect(isWritten, "nothing was written")
        return process
    }

    @Test("Ctrl-C ends an index that is being built with 130 and leaves nothing.")
    func interrupted() throws {
        let folder = try TemporaryFolder()
        let process = try startIndex(in: folder)
        process.signal(SIGINT)
        let outcome = try process.finish()
        #expect(outcome.status == 130, "\(outcome.messages)")
        #expect(outcome.messages.contains("interrupted"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("A killed program leaves no output that looks whole, and the next run succeeds.")
    func killed() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let process = try startIndex(in: folder)
        process.signal(SIGKILL)
        #expect(try process.finish().status == -1)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { $0.hasSuffix(".partial") })
        let next = try DecoyProcess.run(["index", shared.dataset, "-o", folder.path("index")])
        #expect(next.status == 0, "\(next.messages)")
        #expect(try FolderContents(folder.path("index")) == FolderContents(shared.index))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["index"])
    }

    @Test("A second writer of the same index is told that it is locked, and the first goes on.")
    func locked() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let first = try startIndex(in: folder)
        let second = try DecoyProcess.run(["index", shared.dataset, "-o", folder.path("index")])
        #expect(second.status == 5 && second.messages.contains("locked"), "\(second.messages)")
        try first.closeInput()
        let outcome = try first.finish()
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(try FolderContents(folder.path("index")) == FolderContents(shared.index))
    }

    @Test("A reader that closes its pipe ends the program without complaint.")
    func closedPipe() throws {
        let shared = try Prepared.shared()
        let calls = [
            ["search", shared.index, "bank mud"], ["search", shared.index, "--queries", shared.queries],
            ["inspect", shared.index], ["evaluate", shared.run, "--qrels", shared.test],
            ["mine", shared.index, "--queries", shared.queries, "--qrels", shared.train, "-o", "-", "--quiet"],
        ]
        for arguments in calls {
            let pipe = Pipe()
            try pipe.fileHandleForReading.close()
            let process = try DecoyProcess(arguments, input: FileHandle.nullDevice, output: pipe.fileHandleForWriting)
            let outcome = try process.finish()
            #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
            #expect(!outcome.messages.contains("decoy: "), "\(outcome.messages)")
        }
    }
}
