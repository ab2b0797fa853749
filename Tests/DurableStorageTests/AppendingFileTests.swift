import DecoyTestSupport
import DurableStorage
import Foundation
import Synchronization
import Testing

@Suite("A file that several append to")
struct AppendingFileTests {
    private func lines(_ path: String) throws -> [Substring] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test("Threads with a file each append whole lines, each after all that it was shown.")
    func together() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            do {
                let file = try AppendingFile(path: path, access: .append)
                for _ in 0..<25 {
                    // Each line is the number of lines before it: nobody appends between reading and writing.
                    try file.append(after: 0) { Array("\($0.count { $0 == 10 }) \(thread)\n".utf8) }
                }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        let numbers = try lines(path).dropLast().map { $0.split(separator: " ")[0] }
        #expect(numbers.map(String.init) == (0..<100).map(String.init))
    }

    @Test("Where the line cannot be made nothing is written, and what was torn before stays until a line is.")
    func refusal() throws {
        struct Refused: Error {}
        let folder = try TemporaryFolder()
        let path = try folder.write("log", "one\ntwo\nthr")
        let file = try AppendingFile(path: path, access: .append)
        #expect(String(decoding: try file.lines(from: 0), as: UTF8.self) == "one\ntwo\n")
        #expect(String(decoding: try file.lines(from: 4), as: UTF8.self) == "two\n")
        #expect(throws: Refused.self) { try file.append(after: 4) { _ in throw Refused() } }
        #expect(try folder.bytes("log").count == 11)
        try file.append(after: 4) {
            #expect(String(decoding: $0, as: UTF8.self) == "two\n")
            return Array("3\n".utf8)
        }
        #expect(try lines(path) == ["one", "two", "3", ""])
    }

    @Test("A file that is only read refuses to append, and one that shrank to be read on.")
    func access() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("log", "one\n")
        let reader = try AppendingFile(path: path, access: .read)
        #expect(throws: StorageError.self) { try reader.append(after: 0) { _ in Array("two\n".utf8) } }
        #expect(throws: StorageError.self) { try reader.lines(from: 5) }
        #expect(throws: StorageError.self) { try reader.lines(from: -1) }
        #expect(try lines(path) == ["one", ""])
    }
}
