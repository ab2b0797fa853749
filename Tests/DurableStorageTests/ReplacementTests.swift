import DecoyTestSupport
import Dispatch
import DurableStorage
import Foundation
import Synchronization
import Testing

@Suite("Files and folders that are complete or absent")
struct ReplacementTests {
    struct Failure: Error {}

    @Test("An atomic file appears whole, replaces what was there, and leaves nothing aside.")
    func atomicFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("out.txt")
        let big = String(repeating: "x", count: 100_000)
        try AtomicFile.write(path: path) { file in
            try file.write("one\n")
            try file.write(big)
            try file.write(Array("two".utf8))
        }
        #expect(try folder.bytes("out.txt") == Array(("one\n" + big + "two").utf8))
        try AtomicFile.write(path: path) { try $0.write("three") }
        #expect(try folder.bytes("out.txt") == Array("three".utf8))
        #expect(try folder.files() == ["out.txt"])
    }

    @Test("A private file only its owner may read, also where something was left aside.")
    func privateFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("secret.partial", "left by a killed process")
        try AtomicFile.write(path: folder.path("secret"), isPrivate: true) { try $0.write("text") }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("secret"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try folder.bytes("secret") == Array("text".utf8))
    }

    @Test("An atomic file that fails leaves what was there before.")
    func atomicFileFails() throws {
        let folder = try TemporaryFolder()
        #expect(throws: Failure.self) {
            try AtomicFile.write(path: folder.path("new")) { file in
                try file.write("half")
                throw Failure()
            }
        }
        #expect(try folder.files() == [])
        try folder.write("old", "whole")
        #expect(throws: Failure.self) {
            try AtomicFile.write(path: folder.path("old")) { file in
                try file.write("half")
                throw Failure()
            }
        }
        #expect(try folder.bytes("old") == Array("whole".utf8))
        #expect(try folder.files() == ["old"])
    }

    @Test("What a killed writer left aside is overwritten, and a second writer to the same path is refused.")
    func atomicFileAside() throws {
        let folder = try TemporaryFolder()
        try folder.write("out.partial", String(repeating: "left over", count: 10))
        let path = folder.path("out")
        try AtomicFile.write(path: path) { file in
            try file.write("new")
            #expect(throws: StorageError.locked(path: path + ".partial")) {
                try AtomicFile.write(path: path) { try $0.write("other") }
            }
        }
        #expect(try folder.bytes("out") == Array("new".utf8))
        #expect(try folder.files() == ["out"])
    }

    @Test("A file that was kept aside is gone on with behind what was saved of it, and refused where that has changed.")
    func atomicFileGoesOn() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("out")
        var parts: [AtomicFile.Part] = []
        let big = [UInt8](repeating: 7, count: 200_000)
        #expect(throws: Failure.self) {
            try AtomicFile.write(path: path, keepingAside: true) { file in
                #expect(file.part == .init(bytes: 0, checksum: CRC32C().value))
                try file.write("one ")
                parts.append(try file.save())
                try file.write(big)
                parts.append(try file.save())
                try file.write("lost")
                throw Failure()
            }
        }
        #expect(try folder.files() == ["out.partial"])
        #expect(parts.map(\.bytes) == [4, 200_004])
        #expect(parts[1].checksum == CRC32C.checksum(Array("one ".utf8) + big))
        let aside = try folder.bytes("out.partial")
        try AtomicFile.write(path: path, after: parts[1]) { file in
            #expect(file.part == parts[1])
            try file.write("two")
            #expect(file.part.checksum == CRC32C.checksum(Array("one ".utf8) + big + Array("two".utf8)))
        }
        #expect(try folder.bytes("out") == Array("one ".utf8) + big + Array("two".utf8))
        for damage in [Array(aside.dropLast(aside.count - 100)), [9] + aside.dropFirst(), []] {
            try Data(damage).write(to: URL(fileURLWithPath: folder.path("out.partial")))
            let error = #expect(throws: StorageError.self) {
                try AtomicFile.write(path: path, after: parts[1]) { _ in }
            }
            #expect(error?.description.contains("out.partial: corrupt") == true)
        }
    }

    @Test("Writing to a folder that is missing or to a folder itself is an error that names it.")
    func atomicFileNowhere() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StorageError.noFolder(folder: folder.path("no"), file: folder.path("no/out"))) {
            try AtomicFile.write(path: folder.path("no/out")) { _ in }
        }
        #expect(throws: StorageError.self) { try AtomicFile.write(path: folder.path) { _ in } }
        try AtomicFile.write(path: "/dev/null") { try $0.write("gone") }
    }

    @Test("A folder is built aside and appears whole.")
    func folder() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a/model")
        try FolderReplacement.write(path: path + "/") { directory in
            let file = try directory.create("weights")
            try [UInt8](repeating: 7, count: 10).withUnsafeBytes { try file.write($0) }
            try file.close()
            #expect(try folder.files() == ["a/model.partial/weights"])
        }
        #expect(try folder.files() == ["a/model/weights"])
    }

    @Test("A folder that fails leaves nothing, or what was there before.")
    func folderFails() throws {
        let folder = try TemporaryFolder()
        try folder.write("old/file", "kept")
        for (path, overwrite) in [("new", false), ("old", true)] {
            #expect(throws: Failure.self) {
                try FolderReplacement.write(path: folder.path(path), overwrite: overwrite) { directory in
                    try directory.create("half").close()
                    throw Failure()
                }
            }
        }
        #expect(try folder.files() == ["old/file"])
    }

    @Test("A folder in use is not overwritten unless asked for, and then wholly.")
    func folderExists() throws {
        let folder = try TemporaryFolder()
        try folder.write("model/sub/file", "old")
        let path = folder.path("model")
        #expect(throws: StorageError.alreadyExists(path: path)) { try FolderReplacement.write(path: path) { _ in } }
        try FolderReplacement.write(path: path, overwrite: true) { try $0.create("new").close() }
        #expect(try folder.files() == ["model/new"])
        try folder.write("plain", "a file")
        #expect(throws: StorageError.alreadyExists(path: folder.path("plain"))) {
            try FolderReplacement.write(path: folder.path("plain")) { _ in }
        }
    }

    @Test("What a killed builder left aside is removed, and a second builder of the same folder is refused.")
    func folderAside() throws {
        let folder = try TemporaryFolder()
        try folder.write("model.partial/left/over", "x")
        let first = try FolderReplacement(path: folder.path("model"))
        #expect(throws: StorageError.locked(path: folder.path("model.partial"))) {
            try FolderReplacement(path: folder.path("model"))
        }
        try first.commit()
        #expect(try folder.files() == [])
        #expect(try FileSystemDirectory(path: folder.path("model")).list() == [])
    }

    @Test("At every moment of an overwrite the path names a whole folder, the old one or the new one.")
    func folderIsNeverAbsent() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("index")
        try FolderReplacement.write(path: path) { try $0.create("a").close() }
        let watcher = Watcher(path)
        for _ in 0..<20 { try FolderReplacement.write(path: path, overwrite: true) { try $0.create("a").close() } }
        #expect(watcher.stop() == 0)
        #expect(try folder.files() == ["index/a"])
    }
}

/// Looks again and again whether a folder holds the file `a`, on a thread of its own.
private final class Watcher: Sendable {
    private let isStopped = Atomic(false)
    private let misses = Atomic(0)
    private let done = DispatchSemaphore(value: 0)

    init(_ path: String) {
        Thread.detachNewThread { [self] in
            while !isStopped.load(ordering: .relaxed) {
                if access(path + "/a", F_OK) != 0 { misses.wrappingAdd(1, ordering: .relaxed) }
            }
            done.signal()
        }
    }

    /// Ends the watch and returns how often the file was missing.
    func stop() -> Int {
        isStopped.store(true, ordering: .relaxed)
        done.wait()
        return misses.load(ordering: .relaxed)
    }
}
