import DecoyTestSupport
import Foundation
import Testing

extension PageTests {
    @Suite("Hostile input in the browser")
    struct HostileTextTests {
        private static let title = #"<img src=x onerror="document.title='broken in'"> <b>bold</b> & "quoted" שלום"#
        private static let text =
            #"</p><script>document.title='broken in'</script> 😀 日本語 naïve turnip é <a href="javascript:1">link</a> "#
            + String(repeating: "verylong", count: 60)

        private static func index(in folder: TemporaryFolder) throws -> String {
            let document: [String: Any] = ["_id": "a/b?c#<d>\"%41", "title": title, "text": text]
            let line = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
            let corpus = try folder.write("corpus.jsonl", line + "\n" + #"{"_id": "other", "text": "a turnip"}"# + "\n")
            try Decoy.run(["index", corpus, "-o", folder.path("index")])
            return folder.path("index")
        }

        @Test("Markup in documents and queries is shown as text, and marks stand on the right characters.")
        func markup() throws {
            let folder = try TemporaryFolder()
            let server = try PageServer([try Self.index(in: folder)])
            defer { server.stop() }
            try Browser.run { browser in
                try browser.open(server.address)
                try browser.press("turnip <img src=x> ", Browser.Key.enter)
                try browser.wait(for: "document.querySelectorAll('.hit').length === 2")
                let hostile = "[...document.querySelectorAll('.hit')].find(h => h.dataset.id.startsWith('a/b'))"
                #expect(try browser.value("\(hostile).querySelector('.title').textContent").text == Self.title)
                let snippet = try browser.value("\(hostile).querySelector('.snippet').textContent").text ?? ""
                #expect(snippet.contains("😀 日本語 naïve turnip é"), "\(snippet)")
                let marks = try browser.value(
                    "[...\(hostile).querySelectorAll('.snippet mark')].map(m => m.textContent)")
                #expect(marks.texts?.contains("turnip") == true, "\(marks.texts ?? [])")
                #expect(
                    marks.texts?.allSatisfy { ["turnip", "img", "src", "x"].contains($0) } == true,
                    "\(marks.texts ?? [])")
                try browser.perform("\(hostile).querySelector('.title').click()")
                try browser.wait(for: "document.querySelector('#details[open] .text')")
                #expect(try browser.value("document.querySelector('#details .text').textContent").text == Self.text)
                #expect(try browser.value("document.getElementById('details-title').textContent").text == Self.title)
                let made =
                    "document.querySelectorAll('main img, dialog img, main script, dialog script, main b, dialog a').length"
                #expect(try browser.value(made).number == 0)
                #expect(try browser.value("document.title.includes('broken in')").bool == false)
                let wide = "document.documentElement.scrollWidth > window.innerWidth"
                #expect(try browser.value(wide).bool == false)
            }
        }

        @Test("One column is a plain list without lines; a query of markup alone says what was not found.")
        func oneColumn() throws {
            let folder = try TemporaryFolder()
            let server = try PageServer([try Self.index(in: folder)])
            defer { server.stop() }
            try Browser.run(width: 400) { browser in
                try browser.open(server.address + "/?q=turnip")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 2")
                #expect(try browser.value("document.getElementById('tabs').hidden").bool == true)
                #expect(try browser.value("document.querySelectorAll('.lines path').length").number == 0)
                try browser.perform(
                    "const q = document.getElementById('query'); q.value = '<zebra>'; q.dispatchEvent(new InputEvent('input'))"
                )
                try browser.wait(
                    for: "document.getElementById('status').textContent === 'No document matches “<zebra>”.'")
            }
        }

        @Test("A server with a token asks for it once; a wrong one asks again; a server that is gone is said to be.")
        func token() throws {
            let folder = try TemporaryFolder()
            let server = try PageServer([try Self.index(in: folder), "--token", "sesame-0123456789"])
            defer { server.stop() }
            let allowed = ["401", "ERR_CONNECTION_REFUSED"]
            try Browser.run(allowing: allowed) { browser in
                try browser.open(server.address + "/?q=turnip")
                try browser.wait(for: "document.querySelector('dialog[open] #token')")
                #expect(try browser.value("document.querySelectorAll('dialog[open]').length").number == 1)
                try browser.press("open", Browser.Key.enter)
                try browser.wait(for: "document.querySelector('dialog[open] #token')?.value === ''")
                try browser.press("sesame-0123456789", Browser.Key.enter)
                try browser.wait(for: "document.querySelectorAll('.hit').length === 2")
                try browser.reload()
                try browser.wait(for: "document.querySelectorAll('.hit').length === 2")
                server.stop()
                try browser.press(" soup")
                try browser.wait(for: "document.getElementById('problem').textContent.includes('does not answer')")
            }
        }
    }
}
