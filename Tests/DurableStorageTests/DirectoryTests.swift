import DecoyTestSupport
import DurableStorage
import Testing

@Suite("Directories")
struct DirectoryTests {
    private func write(_ text: String, _ name: String, _ directory: any Directory, sync: Bool = true) throws {
        let file = try directory.create(name)
        try Array(text.utf8).withUnsafeBytes { try file.write($0) }
        if sync { try file.sync() }
        try file.close()
    }

    private func text(_ name: String, _ directory: any Directory) throws -> String {
        String(decoding: try directory.open(name).view.bytes, as: UTF8.self)
    }

    @Test("The file system and memory behave alike.")
    func alike() throws {
        let folder = try TemporaryFolder()
        let directories: [any Directory] = [
            try FileSystemDirectory(path: folder.path("x/y"), create: true), InMemoryDirectory(),
        ]
        for directory in directories {
            #expect(try directory.list() == [])
            try write("one", "b", directory)
            try write("", "a", directory)
            #expect(try directory.list() == ["a", "b"])
            #expect(try text("b", directory) == "one")
            #expect(try text("a", directory) == "")
            let snapshot = try directory.open("b")
            try write("two", "c", directory)
            try directory.rename("c", to: "b")
            #expect(try text("b", directory) == "two")
            #expect(String(decoding: snapshot.view.bytes, as: UTF8.self) == "one")
            try directory.delete("a")
            #expect(try directory.list() == ["b"])
            try directory.sync()
            #expect(throws: StorageError.notFound(path: directory.path + "/a")) { try directory.open("a") }
            #expect(throws: StorageError.notFound(path: directory.path + "/a")) { try directory.delete("a") }
            #expect(throws: StorageError.notFound(path: directory.path + "/a")) { try directory.rename("a", to: "b") }
            let held = try directory.lock("lock")
            #expect(throws: StorageError.locked(path: directory.path + "/lock")) { try directory.lock("lock") }
            withExtendedLifetime(held) {}
        }
        for directory in directories { _ = try directory.lock("lock") }
    }

    @Test("A folder that is not there is not found; a file is no folder.")
    func missing() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StorageError.notFound(path: folder.path("no"))) {
            try FileSystemDirectory(path: folder.path("no"))
        }
        try folder.write("file", "x")
        #expect(throws: StorageError.self) { try FileSystemDirectory(path: folder.path("file")) }
    }

    @Test("A crash leaves what was synced, and of the rest what the kind of crash says.")
    func crash() throws {
        let directory = InMemoryDirectory()
        try write("old", "a", directory)
        try directory.sync()
        try write("new", "b", directory, sync: false)
        try directory.rename("b", to: "a")
        #expect(try text("a", directory.afterCrash(.losesUnsynced)) == "old")
        #expect(try text("a", directory.afterCrash(.losesUnsyncedNames)) == "old")
        #expect(try text("a", directory.afterCrash(.losesUnsyncedData)) == "")
        #expect(try text("a", directory.afterCrash(.losesNothing)) == "new")
    }

    @Test("Replacing a file leaves the old one where writing fails.")
    func replace() throws {
        struct Failure: Error {}
        let directory = InMemoryDirectory()
        try directory.replace("a") { try write("one", $0, directory) }
        #expect(throws: Failure.self) {
            try directory.replace("a") { name in
                try write("two", name, directory)
                throw Failure()
            }
        }
        #expect(try directory.list() == ["a"])
        #expect(try text("a", directory.afterCrash(.losesUnsynced)) == "one")
    }

    @Test("Errors say the file, the cause and what to do.")
    func descriptions() {
        #expect(
            "\(StorageError.corrupt(file: "i/x", reason: "r"))" == "i/x: corrupt: r; restore the file or build it again"
        )
        #expect("\(StorageError.io(path: "p", operation: "write", errno: 28))".contains("No space left on device"))
        #expect("\(StorageError.locked(path: "p"))".contains("another writer"))
    }
}
