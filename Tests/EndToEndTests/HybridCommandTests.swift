import DecoyTestSupport
import Foundation
import Testing

@Suite("Hybrid searches", .tags(.endToEnd))
struct HybridCommandTests {
    @Test("A document that was deleted from the index does not come back through its vector; others keep their places.")
    func deleted() throws {
        let shared = try Prepared.shared()
        let folder = try TemporaryFolder()
        let index = folder.path("index")
        let gone = ["bank-river-0", "bank-river-2", "bat-river-1"]
        let ids = try folder.write("ids.txt", gone.joined(separator: "\n"))
        #expect(try DecoyProcess.run(["index", shared.corpus, "-o", index, "-q"]).status == 0)
        let hybrid = ["--dense", shared.vectors, "--model", shared.model, "--queries", shared.queries, "-k", "500"]
        let dense = ["search", shared.vectors, "--model", shared.model, "--queries", shared.queries, "-k", "500"]
        let all = try DecoyProcess.run(dense)
        #expect(all.status == 0 && all.output.contains("bank-river-0"))
        #expect(try DecoyProcess.run(["index", "-o", index, "--delete", ids, "-q"]).status == 0)
        for fusion in [["--fuse", "rrf"], []] {
            let outcome = try DecoyProcess.run(["search", index] + hybrid + fusion)
            #expect(outcome.status == 0, "\(outcome.messages)")
            let found = outcome.output.split(separator: "\n").map { $0.split(separator: " ")[2] }
            #expect(!found.isEmpty && !gone.contains { found.contains(Substring($0)) })
            #expect(Set(found).count == 37)
        }
        let other = try folder.write("other.jsonl", #"{"_id": "other", "text": "bank of a river"}"# + "\n")
        #expect(try DecoyProcess.run(["index", other, "-o", index, "--force", "-q"]).status == 0)
        let outcome = try DecoyProcess.run(["search", index] + hybrid)
        #expect(outcome.status == 64 && outcome.messages.contains("other documents"), "\(outcome.messages)")
    }
}
