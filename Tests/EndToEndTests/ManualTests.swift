import DecoyTestSupport
import Foundation
import Testing

@Suite("Pages of the manual", .tags(.endToEnd))
struct ManualTests {
    @Test("There is a page for the program and one for each command, with its options and examples.")
    func pages() throws {
        let folder = try TemporaryFolder()
        for name in ["man", "again"] {
            let outcome = try DecoyProcess.run(["generate-manual", folder.path(name)])
            #expect(outcome.status == 0 && outcome.messages.isEmpty && outcome.output.isEmpty)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("man"))
        let expected = ["decoy.1"] + ConventionTests.commands.map { "decoy-\($0).1" }
        #expect(Set(expected).isSubset(of: files))
        for name in files {
            let page = try String(contentsOfFile: folder.path("man/" + name), encoding: .utf8)
            #expect(try page == String(contentsOfFile: folder.path("again/" + name), encoding: .utf8))
            #expect(page.hasPrefix(".TH \"") || page.hasPrefix(".TH DECOY"))
            #expect(page.utf8.allSatisfy { $0 < 0x80 })
            for heading in [".SH NAME\n", ".SH SYNOPSIS\n", ".SH SEE ALSO\n", ".SH EXAMPLES\n"] {
                #expect(page.contains(heading), "\(name): \(heading)")
            }
        }
        let search = try String(contentsOfFile: folder.path("man/decoy-search.1"), encoding: .utf8)
        #expect(search.contains("\\fB\\-\\-output\\-format\\fR \\fIoutput\\-format\\fR"))
        #expect(search.contains("\ndecoy search notes.index \"river bank flood\"\n"))
        let program = try String(contentsOfFile: folder.path("man/decoy.1"), encoding: .utf8)
        for text in [".SS Mine hard negatives", "decoy\\-mine", ".SH EXIT STATUS", ".BR decoy\\-doctor (1)"] {
            #expect(program.contains(text), "\(text)")
        }
    }
}
