import Foundation
import Testing

extension Tag {
    /// Drives a browser.
    @Tag static var browser: Self
}

/// All tests of the pages, one after the other: each has a browser of its own.
@Suite(
    "Pages in a browser", .serialized, .tags(.browser),
    .enabled(if: ChromeDriver.isWanted, "make test-page runs them, and installs Chromium"))
struct PageTests {}

extension PageTests {
    @Suite("The search page")
    struct SearchPageTests {
        private static let query = "boat on the amazon"

        @Test("Typing shows results in four columns with the query's words marked, and a reload keeps them.")
        func typing() throws {
            let served = try ServedHomonyms.shared()
            try Browser.run { browser in
                try browser.open(served.address)
                try browser.wait(for: "document.getElementById('about').textContent.includes('750 documents')")
                try browser.press(Self.query)
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                let names = try browser.value("[...document.querySelectorAll('.column h2')].map(h => h.textContent)")
                #expect(names.texts == ["bm25", "before", "after", "hybrid"])
                let marks = try browser.value(
                    "[...new Set([...document.querySelectorAll('.column:first-child .snippet mark')].map(m => m.textContent.toLowerCase()))].sort()"
                )
                #expect(
                    Set(marks.texts ?? []).isSubset(of: ["amazon", "amazons", "boat", "boats"]) && marks.texts != [])
                let status = try browser.value("document.getElementById('status').textContent").text ?? ""
                #expect(status.contains("in 4 columns"), "\(status)")
                #expect(try browser.value("location.search").text == "?q=boat+on+the+amazon")
                try browser.reload()
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                #expect(try browser.value("document.getElementById('query').value").text == Self.query)
            }
        }

        @Test("The number of results is kept in the address; an empty query shows none.")
        func count() throws {
            let served = try ServedHomonyms.shared()
            try Browser.run { browser in
                try browser.open(served.address + "/?q=crane&k=5")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 20")
                try browser.perform(
                    "const k = document.getElementById('count'); k.value = '20'; k.dispatchEvent(new Event('change'))")
                try browser.wait(
                    for:
                        "location.search === '?q=crane&k=20' && document.querySelectorAll('.column:nth-of-type(4) .hit').length === 20"
                )
                try browser.perform(
                    "const q = document.getElementById('query'); q.value = ' '; q.dispatchEvent(new InputEvent('input'))"
                )
                try browser.wait(
                    for: "document.querySelectorAll('.hit').length === 0 && !document.getElementById('start').hidden")
                #expect(try browser.value("location.search").text == "")
                // What was typed since the page came is one step back.
                try browser.perform("history.back()")
                try browser.wait(
                    for: "location.search === '?q=crane&k=5' && document.querySelectorAll('.hit').length === 20")
            }
        }

        @Test("A document is marked in every column that has it, and lines lead from rank to rank.")
        func comparison() throws {
            let served = try ServedHomonyms.shared()
            try Browser.run { browser in
                try browser.open(served.address + "/?q=boat+on+the+amazon")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                // Lines between neighbours: one for each document of a column that has a next one.
                try browser.wait(for: "document.querySelectorAll('.lines path').length === 30")
                try browser.press(Browser.Key.down)
                let marked = "[...document.querySelectorAll('.hit.same')]"
                try browser.wait(for: "\(marked).length > 0")
                let same = try browser.value(
                    "\(marked).every(h => h.dataset.id === document.activeElement.closest('.hit').dataset.id)")
                #expect(same.bool == true)
                let all = try browser.value(
                    "[...document.querySelectorAll('.hit')].filter(h => h.dataset.id === document.activeElement.closest('.hit').dataset.id).length === \(marked).length"
                )
                #expect(all.bool == true)
                // Each badge is the difference of the ranks that the columns show.
                let wrong = try browser.value(
                    """
                    [...document.querySelectorAll('.column')].flatMap((column, place, columns) => place === 0 ? [] :
                      [...column.querySelectorAll('.hit')].filter(hit => {
                        const before = [...columns[place - 1].querySelectorAll('.hit')].find(h => h.dataset.id === hit.dataset.id);
                        const badge = hit.querySelector('.change').firstChild.textContent;
                        if (!before) return badge !== 'new';
                        const step = Number(before.dataset.row) - Number(hit.dataset.row);
                        return badge !== (step === 0 ? '=' : (step > 0 ? '▲' : '▼') + Math.abs(step));
                      })).length
                    """)
                #expect(wrong.number == 0)
                let changes = try browser.value(
                    "document.querySelectorAll('.hit .change.up, .hit .change.down').length")
                #expect((changes.number ?? 0) >= 5)
                // A line ends where its document stands.
                let far = try browser.value(
                    """
                    [...document.querySelectorAll('.lines path:not(.gone)')].filter(path => {
                      const end = path.getPointAtLength(path.getTotalLength());
                      const frame = document.querySelector('.lines').getBoundingClientRect();
                      return ![...document.querySelectorAll(`.hit[data-id="${path.dataset.id}"]`)].some(hit => {
                        const box = hit.getBoundingClientRect();
                        return Math.abs(box.left - frame.left - end.x) < 2 && Math.abs(box.top + 16 - frame.top - end.y) < 2;
                      });
                    }).length
                    """)
                #expect(far.number == 0)
            }
        }

        @Test("Keys move among hits and columns, e explains the score, Enter shows the document, Esc closes.")
        func keys() throws {
            let served = try ServedHomonyms.shared()
            try Browser.run { browser in
                try browser.open(served.address + "/?q=boat+on+the+amazon")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                let place =
                    "((hit) => hit ? hit.dataset.column + hit.dataset.row : document.activeElement.id)(document.activeElement.closest('.hit'))"
                try browser.press(Browser.Key.down)
                #expect(try browser.value(place).text == "00")
                try browser.press("jj", Browser.Key.up)
                #expect(try browser.value(place).text == "01")
                try browser.press("e")
                try browser.wait(for: "document.querySelector('#details[open] table')")
                let sum = try browser.value(
                    "[...document.querySelectorAll('#details table')][0].querySelector('tr:last-child td:last-child').textContent"
                )
                let score = try browser.value("document.querySelectorAll('.column:first-child .score')[1].textContent")
                #expect(sum.text == score.text && sum.text != nil)
                try browser.press(Browser.Key.escape)
                try browser.wait(for: "!document.querySelector('dialog[open]')")
                #expect(try browser.value(place).text == "01")
                try browser.press(Browser.Key.enter)
                try browser.wait(for: "document.querySelector('#details[open] .text')")
                let length =
                    try browser.value("document.querySelector('#details .text').textContent.length").number ?? 0
                #expect(length > 250)
                try browser.press(Browser.Key.escape, "l")
                #expect(try browser.value(place).text?.first == "1")
                try browser.press("e")
                try browser.wait(for: "document.getElementById('details-body').textContent.includes('cosine')")
                try browser.press(Browser.Key.escape, "h")
                try browser.press(String(repeating: Browser.Key.up, count: 12))
                #expect(try browser.value(place).text == "query")
                // In the box a letter is a letter.
                try browser.press(Browser.Key.end, "e")
                #expect(try browser.value("document.getElementById('query').value").text == "boat on the amazone")
                try browser.press(Browser.Key.down, "?")
                try browser.wait(for: "document.querySelector('#keys[open]')")
            }
        }

        @Test("A right answer brings the negatives that mining would take, and a reload keeps the answer.")
        func negatives() throws {
            let served = try ServedHomonyms.shared()
            try Browser.run { browser in
                try browser.open(served.address + "/?q=boat+on+the+amazon")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                try browser.press(Browser.Key.down, "a")
                try browser.wait(for: "!document.getElementById('mining').hidden")
                try browser.press("n")
                try browser.wait(for: "document.querySelectorAll('#mined table tbody tr').length >= 5")
                let id = try browser.value("document.querySelector('.hit.answer').dataset.id").text ?? ""
                #expect(!id.isEmpty)
                let reasons = try browser.value("document.querySelector('#mined details').textContent").text ?? ""
                #expect(reasons.contains("left out"))
                try browser.reload()
                try browser.wait(for: "document.querySelector('.hit.answer')?.dataset.id === '\(id)'")
            }
        }

        @Test("An answer that comes after that to a later question is dropped.")
        func lateAnswers() throws {
            let served = try ServedHomonyms.shared()
            try Browser.run { browser in
                try browser.open(served.address)
                // The first question's answer is held back, and the request does not end when it is given up.
                try browser.perform(
                    """
                    const real = window.fetch;
                    window.answered = 0;
                    window.fetch = async (address, options) => {
                      if (!address.startsWith('/compare')) return real(address, options);
                      const answer = await real(address, { ...options, signal: undefined });
                      if (address.includes('q=crane&')) await new Promise((resolve) => setTimeout(resolve, 700));
                      window.answered += 1;
                      return answer;
                    };
                    """)
                try browser.press("crane")
                Thread.sleep(forTimeInterval: 0.3)
                try browser.press(" bird")
                try browser.wait(for: "window.answered === 2")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                let marks = try browser.value(
                    "[...document.querySelectorAll('.hit mark')].some(m => m.textContent.startsWith('bird'))")
                #expect(marks.bool == true)
            }
        }

        @Test("On a phone one column is shown at a time, and nothing is wider than the screen.", arguments: [400, 320])
        func phone(width: Int) throws {
            let served = try ServedHomonyms.shared()
            try Browser.run(width: width, height: 800, isDark: true) { browser in
                try browser.open(served.address + "/?q=boat+on+the+amazon")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                let shown = "[...document.querySelectorAll('.column')].filter(c => c.offsetParent !== null).length"
                #expect(try browser.value(shown).number == 1)
                #expect(try browser.value("document.querySelectorAll('#tabs button').length").number == 4)
                try browser.click("#tabs button:nth-child(3)")
                try browser.wait(for: "document.querySelector('.column.chosen h2').textContent === 'after'")
                try browser.click(".column.chosen .toggle")
                try browser.click("#mine")
                try browser.wait(for: "document.querySelector('#mined table')")
                let wide = "document.documentElement.scrollWidth > window.innerWidth"
                #expect(try browser.value(wide).bool == false)
                try browser.click(".column.chosen .explain")
                try browser.wait(for: "document.querySelector('#details[open] table')")
                let dialog =
                    "document.getElementById('details').scrollWidth > document.getElementById('details').clientWidth"
                #expect(try browser.value("\(wide) || \(dialog)").bool == false)
            }
        }

        @Test("Light and dark follow the system until the button says otherwise, which a reload keeps.")
        func themes() throws {
            let served = try ServedHomonyms.shared()
            try Browser.run(isDark: true) { browser in
                let ground = "getComputedStyle(document.body).backgroundColor"
                try browser.open(served.address)
                try browser.wait(for: "\(ground) === 'rgb(20, 23, 27)'")
                try browser.click("#theme")
                try browser.wait(for: "\(ground) === 'rgb(255, 255, 255)'")
                try browser.reload()
                try browser.wait(for: "\(ground) === 'rgb(255, 255, 255)'")
            }
        }
    }
}
