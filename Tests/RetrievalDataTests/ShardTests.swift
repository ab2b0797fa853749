import DecoyTestSupport
import RetrievalData
import Testing

@Suite("Shards")
struct ShardTests {
    @Test("Every document belongs to exactly one part, and parts are of much the same size.")
    func partition() throws {
        let ids = (0..<4000).map { "doc-\($0 * 2)" }
        for count in [1, 2, 3, 7, 16] {
            let shards = (0..<count).compactMap { Shard(index: $0, count: count) }
            let sizes = shards.map { shard in ids.count { shard.contains($0) } }
            #expect(sizes.reduce(0, +) == ids.count)
            #expect(sizes.allSatisfy { abs($0 - ids.count / count) < ids.count / count / 3 }, "\(sizes)")
        }
    }

    @Test("The part of an id never changes: these are on other machines' disks.")
    func golden() {
        #expect(["a", "doc1", "東京", ""].map { Shard.number(of: $0, count: 16) } == [8, 9, 5, 11])
    }

    @Test("I/N with I below N is read, and nothing else.")
    func parsing() {
        #expect(Shard(parsing: "2/7") == Shard(index: 2, count: 7))
        for text in ["7/7", "-1/3", "1", "1/2/3", "/", "1/0", "a/b", "1/1000001", "", "0/"] {
            #expect(Shard(parsing: text) == nil, "\(text)")
        }
    }
}
