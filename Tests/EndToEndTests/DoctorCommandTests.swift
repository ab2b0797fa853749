import DecoyTestSupport
import Foundation
import Testing

@Suite("decoy doctor", .tags(.endToEnd))
struct DoctorCommandTests {
    @Test("It names versions, processor, memory and disk, tries the program out, and leaves nothing behind.")
    func sound() throws {
        let folder = try TemporaryFolder()
        let outcome = try DecoyProcess.run(["doctor", folder.path])
        #expect(outcome.status == 0 && outcome.messages.isEmpty, "\(outcome.output)\(outcome.messages)")
        for text in ["MACHINE", "PROCESSOR", "LIBRARIES", "TRIALS", "ICU", "oneDNN", "simdjson", "zstd", "cores"] {
            #expect(outcome.output.contains(text), "\(text)")
        }
        #expect(!outcome.output.contains("BROKEN"))
        #expect(try folder.files().isEmpty)
        let report = try JSONNode(DecoyProcess.run(["doctor", folder.path, "--json"]).output)
        #expect(report["trials"].items.count == 3 && report["broken"].items.isEmpty)
        #expect(report["libraries"]["icu"].text?.contains("Unicode") == true)
        if report["program"]["build"].text == "debug" { #expect(outcome.output.contains("swift build -c release")) }
    }

    @Test("A folder that cannot be written ends with 1 and says what to do; one that is not there with 4.")
    func broken() throws {
        let folder = try TemporaryFolder()
        let broken = try DecoyProcess.run(["doctor", "/proc/self"])
        #expect(
            broken.status == 1 && broken.output.contains("BROKEN") && broken.output.contains("-o"), "\(broken.output)")
        let temporary = try DecoyProcess.run(["doctor", folder.path], environment: ["TMPDIR": folder.path("none")])
        #expect(temporary.status == 1 && temporary.output.contains("set TMPDIR"), "\(temporary.output)")
        #expect(try DecoyProcess.run(["doctor", folder.path("none")]).status == 4)
    }
}
