import DecoyTestSupport
import Testing

@testable import RetrievalData

struct LineReaderTests {
    private func lines(_ path: String) throws -> [String] {
        let reader = try LineReader(path: path)
        var lines: [String] = []
        while let line = try reader.next() {
            #expect(line.number == lines.count + 1)
            lines.append(line.isTooLong ? "<too long>" : String(decoding: line.bytes, as: UTF8.self))
        }
        return lines
    }

    @Test(
        "Line ends, a missing last end and a byte order mark are read as expected.",
        arguments: [
            ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\r\n", ["a", "b"]),
            ("a\n\nb", ["a", "", "b"]),
            ("\u{FEFF}a\n", ["a"]), ("\u{FEFF}", []), ("a\r", ["a\r"]), ("a\rb\n", ["a\rb"]), ("é\nü", ["é", "ü"]),
        ] as [(String, [String])])
    func ends(_ text: String, _ expected: [String]) throws {
        let folder = try TemporaryFolder()
        let bytes = Array(text.utf8)
        #expect(try lines(folder.write("a", bytes)) == expected)
        #expect(try lines(folder.write("a.gz", StoredArchives.gzip(bytes))) == expected)
        #expect(try lines(folder.write("a.zst", StoredArchives.zstd(bytes))) == expected)
    }

    @Test("Random lines of all lengths come back, plain, gzip, zstd, and in several members.")
    func random() throws {
        var generator = SeededGenerator(seed: 20)
        let folder = try TemporaryFolder()
        for round in 0..<2 {
            var expected: [String] = []
            for _ in 0..<30 {
                let length = [0, 1, 100, 70_000, 1 << 17].randomElement(using: &generator) ?? 0
                expected.append(String(repeating: "x", count: length))
            }
            let bytes = Array((expected.joined(separator: "\n") + "\n").utf8)
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            let (head, tail) = (Array(bytes[..<cut]), Array(bytes[cut...]))
            #expect(try lines(folder.write("a", bytes)) == expected, "seed \(generator.seed), round \(round)")
            #expect(try lines(folder.write("b.gz", StoredArchives.gzip(bytes))) == expected)
            #expect(try lines(folder.write("c.gz", StoredArchives.gzip(head) + StoredArchives.gzip(tail))) == expected)
            #expect(try lines(folder.write("d.zst", StoredArchives.zstd(head) + StoredArchives.zstd(tail))) == expected)
            #expect(try lines(folder.write("no-ending", StoredArchives.zstd(bytes))) == expected)
        }
    }

    @Test("A line of exactly the limit is read, a longer one is marked, and the lines after it are right.")
    func limit() throws {
        let folder = try TemporaryFolder()
        let whole = [UInt8](repeating: 97, count: LineReader.lineLimit)
        for last in [true, false] {
            let end: [UInt8] = last ? [] : [10, 98]
            let exact = try lines(folder.write("exact", [10] + whole + end))
            #expect(exact[1].utf8.count == LineReader.lineLimit)
            #expect(exact.count == (last ? 2 : 3))
            let long = try lines(folder.write("long", [10] + whole + [97] + end))
            #expect(long == (last ? ["", "<too long>"] : ["", "<too long>", "b"]))
            let longer = try lines(folder.write("longer", [10] + whole + whole + whole + end))
            #expect(longer == (last ? ["", "<too long>"] : ["", "<too long>", "b"]))
        }
    }

    @Test("Every truncation and every flipped byte of a gzip or zstd file is an error or the same lines, never a trap.")
    func damage() throws {
        let folder = try TemporaryFolder()
        let text = "one line\nanother line\nand a third\n"
        for (name, archive) in [
            ("a.gz", StoredArchives.gzip(Array(text.utf8))), ("a.zst", StoredArchives.zstd(Array(text.utf8))),
        ] {
            for count in 0..<archive.count {
                let path = try folder.write(name, Array(archive[..<count]))
                #expect(throws: InputErrors.self, "\(name) cut to \(count)") { try lines(path) }
            }
            for place in archive.indices {
                var damaged = archive
                damaged[place] ^= 0x41
                _ = try? lines(folder.write(name, damaged))
            }
            let trailing = try folder.write(name, archive + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
            #expect(throws: InputErrors.self) { try lines(trailing) }
        }
    }
}
