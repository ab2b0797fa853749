import Testing

extension PageTests {
    @Suite("Contrast")
    struct ContrastTests {
        /// Texts whose contrast to their ground is below 4.5 to 1 (WCAG 2.2, 1.4.3), as strings that say which.
        private static let tooFaint = """
            (() => {
              const channels = (colour) => {
                const numbers = colour.match(/[0-9.]+/g).map(Number);
                return numbers.length < 4 ? [...numbers, 1] : numbers;
              };
              const luminance = (colour) => {
                const [red, green, blue] = colour.map((value) => {
                  const share = value / 255;
                  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
              };
              const faint = [];
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const element = texts.currentNode.parentElement;
                const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
                if (!texts.currentNode.textContent.trim() || !isShown || element.closest(':disabled, noscript')) continue;
                let ground = [0, 0, 0, 0];
                for (let above = element; above && ground[3] === 0; above = above.parentElement) {
                  ground = channels(getComputedStyle(above).backgroundColor);
                }
                const pair = [luminance(channels(getComputedStyle(element).color)), luminance(ground)].sort((a, b) => a - b);
                const ratio = (pair[1] + 0.05) / (pair[0] + 0.05);
                if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${element.tagName} ${texts.currentNode.textContent.slice(0, 40)}`);
              }
              return faint.slice(0, 20);
            })()
            """

        @Test("Every text of the search page stands out from its ground, light and dark.", arguments: [false, true])
        func contrast(isDark: Bool) throws {
            let served = try ServedHomonyms.shared()
            try Browser.run(isDark: isDark) { browser in
                try browser.open(served.address)
                try browser.wait(for: "document.getElementById('about').textContent !== ''")
                #expect(try browser.value(Self.tooFaint).texts == [])
                try browser.press("boat on the amazon")
                try browser.wait(for: "document.querySelectorAll('.hit').length === 40")
                try browser.press(Browser.Key.down, "a", "n")
                try browser.wait(for: "document.querySelector('#mined details')")
                try browser.perform("document.querySelector('#mined details').open = true")
                #expect(try browser.value(Self.tooFaint).texts == [])
            }
        }
    }
}
